// The pre-commit hook: formats and lints the staged files, and stages what the formatter changed. A file
// that is staged only in part is checked, not changed: its other part must not slip into the commit.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bin/node24.mjs";

const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");

function git(...args) {
	const { status, stdout, stderr } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
	if (status !== 0) throw new Error(stderr);
	return stdout;
}

function listFiles(...args) {
	return git("diff", "--name-only", "-z", ...args)
		.split("\0")
		.filter((file) => file !== "");
}

function runBiome(args, files) {
	if (files.length === 0) return true;
	const options = ["check", ...args, "--no-errors-on-unmatched", "--files-ignore-unknown=true"];
	return spawnSync(process.execPath, [biome, ...options, ...files], { cwd: root, stdio: "inherit" }).status === 0;
}

if (existsSync(biome)) {
	const unstaged = new Set(listFiles());
	const staged = listFiles("--cached", "--diff-filter=ACMR");
	const whole = staged.filter((file) => !unstaged.has(file));
	const partial = staged.filter((file) => unstaged.has(file));
	const passed = [runBiome(["--write"], whole), runBiome([], partial)].every(Boolean);
	if (whole.length > 0) git("add", "--", ...whole);
	if (!passed) process.exitCode = 1;
} else {
	console.error("Nothing is installed yet, so the commit was not checked. Run npm run setup.");
}
