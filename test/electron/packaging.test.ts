import { createRequire } from "node:module";
import { join } from "node:path";
import { DebugLogger } from "builder-util";
import { expect, test } from "vitest";
import { top } from "./running-shell.ts";

const require = createRequire(import.meta.url);

interface BuilderConfig {
	getConfig(projectDir: string, configPath: string, options: null): Promise<Record<string, unknown>>;
	validateConfiguration(config: unknown, logger: DebugLogger): Promise<void>;
}
const { getConfig, validateConfiguration } = require("app-builder-lib/out/util/config/config.js") as BuilderConfig;

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
