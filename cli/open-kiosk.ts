import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { browserFacts, findBrowser, howToGetBrowser } from "./find-browser.ts";
import { type FoundElectron, findElectron } from "./find-electron.ts";
import type { Kiosk } from "./kiosk/open-browser.ts";

/** What the kiosk is shown in. In Electron the station runs inside the shell; a browser only looks at a running one. */
export type Shell =
	| { kind: "electron"; program: string; asRoot: boolean }
	| { kind: "browser"; program: string; asRoot: boolean; because: string }
	| { kind: "none"; because: string };

export interface ShellFacts {
	hasDisplay: boolean;
	/** Programs of Chromium's kind have no sandbox for root. */
	asRoot: boolean;
	electron: FoundElectron;
	browser: string | undefined;
	/** What to tell where there is no browser either. */
	howToGetBrowser: string;
}

export function chooseShell({ hasDisplay, asRoot, electron, browser, howToGetBrowser }: ShellFacts): Shell {
	if (!hasDisplay) return { kind: "none", because: "this machine has no display" };
	if (electron.kind === "found") return { kind: "electron", program: electron.program, asRoot };
	if (browser !== undefined) return { kind: "browser", program: browser, asRoot, because: electron.because };
	return { kind: "none", because: `${electron.because}. ${howToGetBrowser}` };
}

/** One line for the person who started it. */
export function describeShell(shell: Shell): string {
	switch (shell.kind) {
		case "electron":
			return "The kiosk opens in Electron.";
		case "browser":
			return `The kiosk opens in ${shell.program}, because ${shell.because}.`;
		case "none":
			return `The kiosk opens in no window: ${shell.because}${shell.because.endsWith(".") ? "" : "."} Its address is below.`;
	}
}

/** Looks at this machine. Where there is a display and no Electron yet, that can take twenty seconds. */
export async function gatherShellFacts(top: string): Promise<ShellFacts> {
	const facts = browserFacts();
	const shared = {
		asRoot: process.getuid?.() === 0,
		browser: findBrowser(facts),
		howToGetBrowser: howToGetBrowser(facts),
	};
	if (!hasDisplay(process.platform, process.env)) {
		return { ...shared, hasDisplay: false, electron: { kind: "absent", because: "Electron was not looked for" } };
	}
	return { ...shared, hasDisplay: true, electron: await findElectron(top, process.env) };
}

export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
	return platform === "win32" || platform === "darwin" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

export interface ElectronOptions {
	/** The product's top folder: the app. */
	top: string;
	/** A folder for Electron's own files. */
	profile: string;
	/** True in the demo: the person in front of the window may close it. */
	mayLeave?: boolean;
	/** The station's configuration, as PAIHAO_ variables. */
	env?: Readonly<Record<string, string>>;
	/** Takes what the station prints, line by line; without it the lines go to standard output. */
	onLine?: (line: string) => void;
}

/** Opens the shell, with the station in it. */
export function openElectron(shell: Extract<Shell, { kind: "electron" }>, options: ElectronOptions): Kiosk {
	const env: NodeJS.ProcessEnv = {
		...process.env,
		...options.env,
		PAIHAO_SHELL_PROFILE: options.profile,
		...(options.mayLeave && { PAIHAO_SHELL_MAY_LEAVE: "1" }),
		// This command starts it again when it asks for that by its exit code.
		PAIHAO_SHELL_COMMAND: "1",
	};
	delete env.ELECTRON_RUN_AS_NODE;
	if (!options.mayLeave) delete env.PAIHAO_SHELL_MAY_LEAVE;
	const child = spawn(shell.program, [...electronSwitches(shell, process.platform, process.env), options.top], {
		env,
		stdio: ["ignore", options.onLine ? "pipe" : "inherit", "inherit"],
	});
	if (child.stdout && options.onLine) createInterface({ input: child.stdout }).on("line", options.onLine);

	let ended = false;
	const closed = new Promise<number>((resolve) => {
		child.once("error", () => resolve(1));
		child.once("close", (code) => resolve(code ?? 0));
	}).finally(() => {
		ended = true;
	});
	return {
		closed,
		close: async () => {
			if (ended) return;
			child.kill("SIGTERM");
			// Before the two seconds are over that the command itself is given.
			const force = setTimeout(() => child.kill("SIGKILL"), 1_600);
			await closed;
			clearTimeout(force);
		},
	};
}

/** On Wayland Electron ignores the bounds of windows (electron#48833): where there is X too, it takes that. */
export function electronSwitches(
	{ asRoot }: { asRoot: boolean },
	platform: NodeJS.Platform,
	env: NodeJS.ProcessEnv,
): string[] {
	return [
		...(asRoot ? ["--no-sandbox"] : []),
		...(platform === "linux" && env.DISPLAY ? ["--ozone-platform=x11"] : []),
	];
}
