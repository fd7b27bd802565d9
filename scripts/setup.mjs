// All the set-up there is: `node scripts/setup.mjs` installs, `node scripts/setup.mjs build` installs
// and builds. Does only what has become necessary since the last time, so it can stand before every
// command. Plain JavaScript without dependencies: on a fresh machine it runs before there are any,
// on Node 20.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	chmodSync,
	existsSync,
	lstatSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findNode24, NO_NODE_24, root } from "../bin/node24.mjs";

/** What the build is made from. A new room with code in it belongs in this list. */
const BUILT_FROM = [
	...[
		"bin",
		"cli",
		"db",
		"electron",
		"lib",
		"printer-simulator",
		"protocol",
		"renderer",
		"resources",
		"server",
		"station",
	],
	...["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.json"],
];

class SetupError extends Error {}

const at = (...path) => join(root, ...path);
const t = (sentence) => console.error(sentence);
const readIfThere = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

function install() {
	const stamp = at("node_modules", ".paihao-installed");
	// The platform belongs to it: a folder shared between machines holds the wrong binaries.
	const wanted = digest(["package-lock.json"], `${process.platform} ${process.arch}`);
	if (readIfThere(stamp) === wanted) return;
	// npm writes this file last, so where it is missing nothing whole is installed.
	const command = existsSync(at("node_modules", ".package-lock.json")) ? "install" : "ci";
	t(command === "ci" ? "Installing what Paihao needs (about half a minute) ..." : "Bringing packages up to date ...");
	// --no-save: what is installed follows the lock file, never the other way round.
	const npm = runNpm([command, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
	if (npm.error !== undefined) throw new SetupError(`npm could not be started: ${npm.error.message}`);
	if (npm.status !== 0) {
		throw new SetupError(`npm ${command} did not succeed; its own words are above. Check the network and try again.`);
	}
	writeFileSync(stamp, wanted);
}

function runNpm(args) {
	// npm's own output goes to standard error: standard output belongs to the command that follows.
	const stdio = ["ignore", 2, 2];
	const npmScript = process.env.npm_execpath;
	if (npmScript !== undefined && /^npm/.test(basename(npmScript))) {
		return spawnSync(process.execPath, [npmScript, ...args], { cwd: root, stdio });
	}
	return spawnSync("npm", args, { cwd: root, stdio, shell: process.platform === "win32" });
}

/** `npx paihao` inside the checkout: npm links the commands of dependencies, never a package's own. */
function linkCommand() {
	const link = at("node_modules", ".bin", "paihao");
	if (process.platform === "win32") {
		if (!existsSync(`${link}.cmd`)) writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\paihao.mjs" %*\r\n');
		return;
	}
	chmodSync(at("bin", "paihao.mjs"), 0o755);
	if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync("../../bin/paihao.mjs", link);
}

function build() {
	const stamp = at("out", ".built");
	const wanted = digest(BUILT_FROM);
	if (readIfThere(stamp) === wanted) return;
	const node = findNode24();
	if (node === undefined) throw new SetupError(NO_NODE_24);
	t("Building ...");
	rmSync(stamp, { force: true });
	const vite = at("node_modules", "electron-vite", "bin", "electron-vite.js");
	const result = spawnSync(node, [vite, "build", "--logLevel", "warn"], {
		cwd: root,
		encoding: "utf8",
	});
	if (result.status !== 0) {
		t(stripVTControlCharacters(`${result.stdout ?? ""}${result.stderr ?? ""}`).trim());
		throw new SetupError("The build did not succeed; the reason is above.");
	}
	writeFileSync(stamp, wanted);
}

/** One digest over the names and contents of files and of everything in folders. */
function digest(paths, more = "") {
	const hash = createHash("sha256").update(more);
	const add = (path) => {
		const stat = statSync(at(path), { throwIfNoEntry: false });
		if (stat === undefined) return;
		if (stat.isDirectory()) {
			for (const name of readdirSync(at(path)).sort()) add(`${path}/${name}`);
		} else {
			hash.update(`\n${path} ${stat.size}\n`).update(readFileSync(at(path)));
		}
	};
	for (const path of paths) add(path);
	return hash.digest("hex");
}

/** Two commands started at once in one checkout must not install or build into each other. */
function alone(work) {
	const lock = join(tmpdir(), `paihao-setup-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
	let told = false;
	while (!take(lock)) {
		if (!told) t("Another set-up is running in this folder; waiting for it ...");
		told = true;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
	}
	try {
		work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function take(lock) {
	try {
		writeFileSync(lock, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
	}
	const owner = Number(readIfThere(lock));
	if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true });
	return false;
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

try {
	alone(() => {
		install();
		linkCommand();
		if (process.argv[2] === "build") build();
	});
} catch (error) {
	t(error instanceof SetupError ? error.message : `Set-up stopped: ${error.message}`);
	process.exitCode = 1;
}
