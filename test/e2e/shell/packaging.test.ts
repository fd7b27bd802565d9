import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listPackage } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { beforeAll, expect, test } from "vitest";
import { PATH, top } from "./running-shell.ts";

/** What stands in Electron's program before its fuses: @electron/fuses looks for it. */
const FUSES = Buffer.concat([
	Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
	Buffer.from([1, 9]),
	Buffer.from("101011010"),
]);

const [OFF, ON] = [..."01"].map((digit) => digit.charCodeAt(0));

const folder = mkdtempSync(join(tmpdir(), "paihao-packaging-"));
const packed = join(folder, "packed/linux-unpacked");
const FACES = [
	"noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
	"noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
];

/** Packs the built app around a program that is nothing but its fuses. */
beforeAll(async () => {
	const electron = join(folder, "electron");
	for (const name of ["resources", "locales"]) mkdirSync(join(electron, name), { recursive: true });
	writeFileSync(join(electron, "electron"), FUSES, { mode: 0o755 });
	writeFileSync(join(electron, "version"), "0.0.0");
	await promisify(execFile)(
		process.execPath,
		[
			join(top, "node_modules/electron-builder/cli.js"),
			...["--linux", "dir", "--publish", "never"],
			`-c.electronDist=${electron}`,
			`-c.directories.output=${join(folder, "packed")}`,
		],
		{ cwd: top, env: { ...process.env, PATH } },
	);
	return () => rmSync(folder, { recursive: true });
});

test("the archive holds what the app runs, and nothing of what it does not", () => {
	const files = listPackage(join(packed, "resources/app.asar"), { isPack: false });
	const { platform, arch } = process;
	for (const needed of [
		"/package.json",
		"/out/main/main.js",
		"/out/main/render-worker.js",
		"/out/main/device-process.js",
		"/out/preload/kiosk.cjs",
		"/out/renderer/kiosk/index.html",
		"/resources/catalogue/services.json",
		"/db/station/migrations/meta/_journal.json",
		`/node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
	]) {
		expect(files).toContain(needed);
	}
	// Drawing maps its fonts into memory, which it cannot do inside the archive.
	const fonts = join(packed, "resources/app.asar.unpacked/node_modules/@expo-google-fonts");
	for (const face of FACES) expect(existsSync(join(fonts, face))).toBe(true);
	const prebuilds = files.filter((file) => file.startsWith("/node_modules/better-sqlite3/prebuilds/"));
	expect(prebuilds).toHaveLength(1);
	expect(files.filter((file) => /^\/(node_modules\/(node-|electron)|test|station|electron)/.test(file))).toEqual([]);
});

test("the fuses are burnt into the program", async () => {
	const wire = await getCurrentFuseWire(join(packed, "paihao-shell"));
	expect(wire).toMatchObject({
		[FuseV1Options.RunAsNode]: OFF,
		[FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
		[FuseV1Options.EnableNodeCliInspectArguments]: OFF,
		[FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
		[FuseV1Options.EnableCookieEncryption]: ON,
		[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
		[FuseV1Options.OnlyLoadAppFromAsar]: ON,
	});
});
