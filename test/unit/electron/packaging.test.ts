import { readdirSync, type Stats, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DebugLogger } from "builder-util";
import { expect, test } from "vitest";
import { packagesOfOtherSystems } from "../../../scripts/package/other-systems.ts";
import { top } from "../../e2e/shell/running-shell.ts";

const require = createRequire(import.meta.url);

interface BuilderConfig {
	getConfig(projectDir: string, configPath: string, options: null): Promise<Record<string, unknown>>;
	validateConfiguration(config: unknown, logger: DebugLogger): Promise<void>;
}
const { getConfig, validateConfiguration } = require("app-builder-lib/out/util/config/config.js") as BuilderConfig;

interface BuilderFiles {
	getNodeModuleFileMatcher(
		appDir: string,
		destination: string,
		expand: (text: string) => string,
		target: unknown,
		builder: { config: unknown; debugLogger: DebugLogger },
	): { createFilter(): (file: string, stat: Stats) => boolean };
}
const { getNodeModuleFileMatcher } = require("app-builder-lib/out/fileMatcher.js") as BuilderFiles;

const config = () => getConfig(top, join(top, "electron-builder.yml"), null);

test("electron-builder accepts its configuration", async () => {
	await validateConfiguration(await config(), new DebugLogger());
});

test("electron-builder would refuse a configuration with a slip in it", async () => {
	const slip = { ...(await config()), electronFuses: { runAsNod: false } };
	await expect(validateConfiguration(slip, new DebugLogger())).rejects.toThrow("configuration.electronFuses should be");
});

test("every fuse that lets strangers in is burnt, every one that keeps them out is set", async () => {
	expect(await config()).toMatchObject({
		asar: true,
		npmRebuild: false,
		electronFuses: {
			runAsNode: false,
			enableNodeOptionsEnvironmentVariable: false,
			enableNodeCliInspectArguments: false,
			grantFileProtocolExtraPrivileges: false,
			enableCookieEncryption: true,
			enableEmbeddedAsarIntegrityValidation: true,
			onlyLoadAppFromAsar: true,
		},
	});
});

test.for([
	["linux", "linux"],
	["win", "win32"],
	["mac", "darwin"],
] as const)("an installer for %s takes the SQLite of %s alone, wherever it is built", async ([target, platform]) => {
	const whole = await config();
	const prebuilds = join(top, "node_modules/better-sqlite3/prebuilds");
	for (const arch of ["x64", "arm64"]) {
		// As electron-builder itself expands them.
		const expand = (text: string) => text.replace(`\${platform}`, process.platform).replace(`\${arch}`, arch);
		const builder = { config: whole, debugLogger: new DebugLogger(false) };
		const takes = getNodeModuleFileMatcher(top, "/app", expand, whole[target], builder).createFilter();
		const taken = readdirSync(prebuilds).filter((name) => {
			const file = join(prebuilds, name);
			return takes(file, statSync(file));
		});
		expect(taken).toEqual([`${platform}-${arch}.node`]);
	}
});

test("no package starts itself without the sandbox", async () => {
	expect(JSON.stringify(await config())).not.toContain("no-sandbox");
});

test("on Linux the windows are X's, the AppImage's too", async () => {
	expect(await config()).toMatchObject({
		linux: { executableArgs: ["--ozone-platform=x11"] },
		appImage: { executableArgs: expect.arrayContaining(["--ozone-platform=x11"]) },
	});
});

test("the MSI is for group policy: for the machine, without a question, and one product in every version", async () => {
	expect(await config()).toMatchObject({
		win: { target: ["nsis", "msi"] },
		nsis: { perMachine: false },
		msi: {
			perMachine: true,
			oneClick: true,
			runAfterFinish: false,
			upgradeCode: expect.stringMatching(/^[0-9A-F-]{36}$/),
		},
	});
});

test.for([
	["linux", ["Windows", "macOS"]],
	["win32", ["Linux", "macOS"]],
] as const)("packaging on %s says what the other systems build", ([platform, others]) => {
	const sentences = packagesOfOtherSystems(platform);
	expect(sentences.map((sentence) => /Run npm run package on (\w+)\.$/.exec(sentence)?.[1])).toEqual(others);
	if (platform === "linux") expect(sentences[0]).toContain("MSI for group policy");
});
