import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BrowserFacts, findBrowser, howToGetBrowser } from "../../../cli/find-browser.ts";
import { electronProgram, findElectron } from "../../../cli/find-electron.ts";
import {
	chooseShell,
	describeShell,
	electronSwitches,
	hasDisplay,
	openElectron,
	type ShellFacts,
} from "../../../cli/open-kiosk.ts";
import { fakeElectronFolder, PATH, top } from "../../e2e/shell/running-shell.ts";

const facts: ShellFacts = {
	hasDisplay: true,
	asRoot: false,
	electron: { kind: "found", program: "/e/electron" },
	browser: "/usr/bin/chromium",
	howToGetBrowser: "No Chrome or Chromium was found. Install one.",
};
const noElectron = { kind: "absent", because: "Electron's program could not be downloaded" } as const;

describe("the choice of a shell", () => {
	test.for([
		["Electron comes first", {}, "The kiosk opens in Electron."],
		[
			"without it a browser",
			{ electron: noElectron },
			"The kiosk opens in /usr/bin/chromium, because Electron's program could not be downloaded.",
		],
		[
			"without either no window",
			{ electron: noElectron, browser: undefined },
			"The kiosk opens in no window: Electron's program could not be downloaded. No Chrome or Chromium was found. Install one. Its address is below.",
		],
		[
			"without a display no window, whatever is installed",
			{ hasDisplay: false },
			"The kiosk opens in no window: this machine has no display. Its address is below.",
		],
	] as const)("%s", ([, differing, sentence]) => {
		expect(describeShell(chooseShell({ ...facts, ...differing }))).toBe(sentence);
	});

	test("Linux has a display where X or Wayland says so, the others always", () => {
		expect(hasDisplay("linux", {})).toBe(false);
		expect(hasDisplay("linux", { DISPLAY: "" })).toBe(false);
		expect(hasDisplay("linux", { DISPLAY: ":0" })).toBe(true);
		expect(hasDisplay("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
		expect(hasDisplay("win32", {})).toBe(true);
		expect(hasDisplay("darwin", {})).toBe(true);
	});

	test("Electron without its sandbox only for root, and on X wherever Linux has it", () => {
		const root = { asRoot: true };
		const someone = { asRoot: false };
		expect(electronSwitches(root, "linux", { DISPLAY: ":0" })).toEqual(["--no-sandbox", "--ozone-platform=x11"]);
		expect(electronSwitches(someone, "linux", { DISPLAY: ":0", WAYLAND_DISPLAY: "wayland-0" })).toEqual([
			"--ozone-platform=x11",
		]);
		// Wayland alone: better a window without bounds than none.
		expect(electronSwitches(someone, "linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual([]);
		expect(electronSwitches(someone, "darwin", { DISPLAY: ":0" })).toEqual([]);
	});
});

describe("finding a browser", () => {
	const on = (platform: NodeJS.Platform, env: Record<string, string>, ...programs: string[]): BrowserFacts => ({
		platform,
		env,
		isProgram: (file) => programs.includes(file),
	});

	test.for([
		[on("linux", { PATH: "/bin:/usr/bin" }, "/usr/bin/chromium", "/usr/bin/google-chrome"), "/usr/bin/chromium"],
		[on("linux", { PATH: "/bin:/opt/c" }, "/opt/c/google-chrome-stable"), "/opt/c/google-chrome-stable"],
		[on("linux", { PATH: "/usr/bin" }), undefined],
		[on("linux", { PATH: "/usr/bin", CHROME_PATH: "/x/chrome" }, "/x/chrome", "/usr/bin/chromium"), "/x/chrome"],
		[on("linux", { PATH: "/usr/bin", CHROME_PATH: "/x/none" }, "/usr/bin/chromium"), undefined],
		[
			on("win32", { PROGRAMFILES: "C:\\P" }, "C:\\P\\Microsoft\\Edge\\Application\\msedge.exe"),
			"C:\\P\\Microsoft\\Edge\\Application\\msedge.exe",
		],
		[
			on("darwin", { PATH: "" }, "/Applications/Chromium.app/Contents/MacOS/Chromium"),
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
		],
	] as const)("%o", ([facts, program]) => {
		expect(findBrowser(facts)).toBe(program);
	});

	test("where there is none, the sentence says what to do", () => {
		expect(howToGetBrowser({ platform: "linux", env: {} })).toContain("apt-get install chromium");
		expect(howToGetBrowser({ platform: "linux", env: { CHROME_PATH: "/x" } })).toBe(
			"CHROME_PATH is /x, and there is no program of that name.",
		);
	});
});

describe("finding Electron", () => {
	test("its package's path.txt names the program, ELECTRON_OVERRIDE_DIST_PATH the folder", () => {
		const folder = mkdtempSync(join(tmpdir(), "paihao-electron-"));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		writeFileSync(join(folder, "path.txt"), "Electron.app/electron");
		expect(electronProgram(folder, {})).toBe(join(folder, "dist/Electron.app/electron"));
		expect(electronProgram(folder, { ELECTRON_OVERRIDE_DIST_PATH: "/o" })).toBe("/o/Electron.app/electron");
	});

	test("a program that is there and starts is found", async () => {
		process.env.PATH = PATH;
		const program = join(fakeElectronFolder, "electron");
		expect(await findElectron(top, { ELECTRON_OVERRIDE_DIST_PATH: fakeElectronFolder })).toEqual({
			kind: "found",
			program,
		});
	});

	test("where the package is missing nobody tries to fetch it", async () => {
		expect(await findElectron("/nowhere", {})).toEqual({ kind: "absent", because: "Electron is not installed" });
	});
});

describe("an open kiosk", () => {
	function program(script: string) {
		const folder = mkdtempSync(join(tmpdir(), "paihao-kiosk-"));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const file = join(folder, "program");
		writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
		return { program: file, profile: join(folder, "profile"), top: folder };
	}

	test("hands the configuration to Electron, and its lines back", async () => {
		const { program: file, ...options } = program('echo "$PAIHAO_DATA $PAIHAO_SHELL_MAY_LEAVE $*"; exit 3');
		const lines: string[] = [];
		const kiosk = openElectron(
			{ kind: "electron", program: file, asRoot: true },
			{
				...options,
				mayLeave: true,
				env: { PAIHAO_DATA: "/data" },
				onLine: (line) => lines.push(line),
			},
		);
		expect(await kiosk.closed).toBe(3);
		const switches = electronSwitches({ asRoot: true }, process.platform, process.env);
		expect(lines).toEqual([["/data", "1", ...switches, options.top].join(" ")]);
	});

	test("closes when asked, and only then", async () => {
		const { program: file, ...options } = program("exec tail -f /dev/null");
		const kiosk = openElectron({ kind: "electron", program: file, asRoot: false }, options);
		await kiosk.close();
		expect(await kiosk.closed).toBe(0);
		await kiosk.close();
	});

	test("whose program is missing is closed with 1", async () => {
		const { program: _, ...options } = program("");
		expect(await openElectron({ kind: "electron", program: "/nowhere/electron", asRoot: false }, options).closed).toBe(
			1,
		);
	});
});
