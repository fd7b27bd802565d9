// All the set-up there is: `node scripts/setup.mjs` installs, `node scripts/setup.mjs build` installs
// and builds. It does only what has become necessary since the last time, so every npm command starts
// with it. Plain JavaScript without dependencies: on a fresh machine it runs before there are any, on
// Node 20.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	chmodSync,
	existsSync,
	linkSync,
	lstatSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findNode24, NO_NODE_24, root } from "../bin/node24.mjs";

/** What the build is made from. A new folder with code in it belongs in this list. */
const BUILT_FROM = [
	...[
		"api-client",
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
const report = (sentence) => console.error(sentence);

function readIfThere(file) {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return undefined;
		throw error;
	}
}

function install() {
	const stamp = at("node_modules", ".paihao-installed");
	// The platform counts: a folder that two machines share holds the binaries of one.
	const current = digest(["package-lock.json"], `${process.platform} ${process.arch}`);
	if (readIfThere(stamp) === current) return;
	// npm writes this file last: without it, the installation is incomplete.
	const command = existsSync(at("node_modules", ".package-lock.json")) ? "install" : "ci";
	report(
		command === "ci" ? "Installing what Paihao needs (about half a minute) ..." : "Bringing packages up to date ...",
	);
	// --no-save: what is installed follows the lock file, never the other way round.
	const npm = runNpm([command, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
	if (npm.error !== undefined) throw new SetupError(`npm could not be started: ${npm.error.message}`);
	if (npm.status !== 0) {
		throw new SetupError(`npm ${command} failed; its output is above. Check the network and try again.`);
	}
	writeFileSync(stamp, current);
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
	// Only where it is needed: a service user may run a checkout that belongs to root.
	const script = at("bin", "paihao.mjs");
	if ((statSync(script).mode & 0o111) !== 0o111) chmodSync(script, 0o755);
	if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync("../../bin/paihao.mjs", link);
}

/** The pre-commit hook and git blame's list of mass renames: in a checkout that a person works in. */
function configureGit() {
	if (process.env.CI !== undefined || !existsSync(at(".git"))) return;
	const git = (...args) => spawnSync("git", ["config", "--local", ...args], { cwd: root, encoding: "utf8" });
	// Hooks that somebody has set up already stay.
	const hooks = git("--get", "core.hooksPath");
	if (hooks.error === undefined && hooks.status === 1 && !hasHooks()) git("core.hooksPath", ".githooks");
	if (git("--get", "blame.ignoreRevsFile").status === 1) git("blame.ignoreRevsFile", ".git-blame-ignore-revs");
}

function hasHooks() {
	const folder = at(".git", "hooks");
	return existsSync(folder) && readdirSync(folder).some((name) => !name.endsWith(".sample"));
}

function build() {
	const stamp = at("out", ".built");
	const current = digest(BUILT_FROM);
	if (readIfThere(stamp) === current) return;
	const node = findNode24();
	if (node === undefined) throw new SetupError(NO_NODE_24);
	report("Building ...");
	rmSync(stamp, { force: true });
	const vite = at("node_modules", "electron-vite", "bin", "electron-vite.js");
	const result = spawnSync(node, [vite, "build", "--logLevel", "warn"], {
		cwd: root,
		encoding: "utf8",
	});
	if (result.status !== 0) {
		report(stripVTControlCharacters(`${result.stdout ?? ""}${result.stderr ?? ""}`).trim());
		throw new SetupError("The build failed; the reason is above.");
	}
	writeFileSync(stamp, current);
}

/** One digest of the names and contents of files, and of everything in folders. */
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

/** Two commands started at the same time in one checkout take turns to install and build. */
function runAlone(work) {
	const lock = join(tmpdir(), `paihao-setup-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
	let reported = false;
	while (!tryLock(lock)) {
		if (!reported) report("Another set-up is running in this folder; waiting for it ...");
		reported = true;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
	}
	try {
		work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function tryLock(lock) {
	try {
		writeFileSync(lock, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
	}
	const owner = readIfThere(lock);
	if (Number(owner) > 0 && !isRunning(Number(owner))) removeAbandoned(lock, owner);
	return false;
}

/** Moved away first: since its owner was read, another may have removed the lock and a third taken it anew. */
function removeAbandoned(lock, owner) {
	if (readIfThere(lock) !== owner) return;
	const moved = `${lock}-${process.pid}`;
	try {
		renameSync(lock, moved);
		if (readIfThere(moved) !== owner) linkSync(moved, lock);
	} catch (error) {
		if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
	}
	rmSync(moved, { force: true });
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
	runAlone(() => {
		install();
		linkCommand();
		configureGit();
		if (process.argv[2] === "build") build();
	});
} catch (error) {
	report(error instanceof SetupError ? error.message : `Set-up stopped: ${error.message}`);
	process.exitCode = 1;
}
