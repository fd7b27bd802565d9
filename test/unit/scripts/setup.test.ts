import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const top = fileURLToPath(new URL("../../..", import.meta.url));

/** A checkout with the real scripts, and an npm and an electron-vite that only write down what they were asked. */
function checkout() {
	const folder = mkdtempSync(join(tmpdir(), "paihao-setup-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	const npmLog = join(folder, "npm.log");
	const viteLog = join(folder, "vite.log");
	cpSync(join(top, "scripts"), join(folder, "scripts"), { recursive: true });
	write("bin/paihao.mjs", "");
	cpSync(join(top, "bin/node24.mjs"), join(folder, "bin/node24.mjs"));
	write("package-lock.json", "{}");
	write("station/app/open-station.ts", "one");
	write(
		"npm-cli.js",
		`const fs = require("node:fs");
		fs.appendFileSync(${JSON.stringify(npmLog)}, process.argv[2] + "\\n");
		if (process.env.NPM_FAILS) process.exit(7);
		fs.mkdirSync("node_modules/.bin", { recursive: true });
		fs.writeFileSync("node_modules/.package-lock.json", "{}");`,
	);
	write(
		"node_modules/electron-vite/bin/electron-vite.js",
		`const fs = require("node:fs");
		fs.appendFileSync(${JSON.stringify(viteLog)}, process.argv[2] + "\\n");
		if (process.env.BUILD_FAILS) { console.error("no such module"); process.exit(1); }
		fs.mkdirSync("out", { recursive: true });`,
	);
	const lines = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
	const command = [join(folder, "scripts/setup.mjs"), "build"];
	const { CI, ...outside } = process.env;
	const env = { ...outside, npm_execpath: join(folder, "npm-cli.js") };
	return {
		folder,
		write,
		done: () => ({ npm: lines(npmLog), builds: lines(viteLog).length }),
		setup: (extra: Record<string, string> = {}) =>
			spawnSync(process.execPath, command, { encoding: "utf8", env: { ...env, ...extra } }),
		start: () => spawn(process.execPath, command, { stdio: "ignore", env }),
	};
}

test("a fresh clone is installed and built, and then nothing is done again", () => {
	const { setup, done, folder } = checkout();
	const first = setup();
	expect([first.status, first.stdout]).toEqual([0, ""]);
	expect(done()).toEqual({ npm: ["ci"], builds: 1 });
	const second = setup();
	expect([second.status, second.stdout, second.stderr]).toEqual([0, "", ""]);
	expect(done()).toEqual({ npm: ["ci"], builds: 1 });
	expect(readlinkSync(join(folder, "node_modules/.bin/paihao"))).toBe("../../bin/paihao.mjs");
});

test("a new lock file is installed into what is there, and built with", () => {
	const { setup, write, done } = checkout();
	setup();
	write("package-lock.json", '{"new":true}');
	expect(setup().status).toBe(0);
	expect(done()).toEqual({ npm: ["ci", "install"], builds: 2 });
});

test("a changed, new or missing source is built, a new time stamp is not", () => {
	const { setup, write, done, folder } = checkout();
	setup();
	write("station/app/open-station.ts", "one");
	setup();
	expect(done().builds).toBe(1);
	write("station/app/open-station.ts", "two");
	setup();
	expect(done().builds).toBe(2);
	write("station/tickets/ticket-service.ts", "");
	setup();
	expect(done().builds).toBe(3);
	rmSync(join(folder, "station/tickets"), { recursive: true });
	setup();
	expect(done().builds).toBe(4);
	rmSync(join(folder, "out"), { recursive: true });
	setup();
	expect(done()).toEqual({ npm: ["ci"], builds: 5 });
});

test("what failed says so in a sentence and is tried again", () => {
	const { setup, done } = checkout();
	const install = setup({ NPM_FAILS: "1" });
	expect(install.status).toBe(1);
	expect(install.stderr).toContain("npm ci failed; its output is above. Check the network and try again.");
	const build = setup({ BUILD_FAILS: "1" });
	expect(build.status).toBe(1);
	expect(build.stderr).toContain("no such module\nThe build failed; the reason is above.");
	expect(setup().status).toBe(0);
	expect(done()).toEqual({ npm: ["ci", "ci"], builds: 2 });
});

test("of several set-ups at once one works and the others wait for it", async () => {
	const { start, done } = checkout();
	const codes = await Promise.all(
		[start(), start(), start()].map((child) => new Promise((resolve) => child.once("exit", resolve))),
	);
	expect(codes).toEqual([0, 0, 0]);
	expect(done()).toEqual({ npm: ["ci"], builds: 1 });
});

test("every folder of the build's entries is watched for changes", () => {
	const setup = readFileSync(join(top, "scripts/setup.mjs"), "utf8");
	const entries = readFileSync(join(top, "electron.vite.config.ts"), "utf8").matchAll(/at\("(\w+)\//g);
	const folders = [...entries].map(([, folder]) => folder);
	expect(folders).toContain("electron");
	for (const folder of folders) expect(setup).toContain(`"${folder}"`);
});

test("in a person's checkout git gets the hooks and the list of mass renames; in CI, or beside other hooks, it does not", () => {
	const git = (folder: string, ...args: string[]) =>
		spawnSync("git", args, { cwd: folder, encoding: "utf8" }).stdout.trim();
	const hooksOf = (folder: string) => git(folder, "config", "--local", "--get", "core.hooksPath");
	const person = checkout();
	git(person.folder, "init", "-q");
	person.setup();
	expect(hooksOf(person.folder)).toBe(".githooks");
	expect(git(person.folder, "config", "--local", "--get", "blame.ignoreRevsFile")).toBe(".git-blame-ignore-revs");

	const ci = checkout();
	git(ci.folder, "init", "-q");
	ci.setup({ CI: "1" });
	expect(hooksOf(ci.folder)).toBe("");

	const other = checkout();
	git(other.folder, "init", "-q");
	other.write(".git/hooks/pre-commit", "#!/bin/sh\n");
	other.setup();
	expect(hooksOf(other.folder)).toBe("");
});
