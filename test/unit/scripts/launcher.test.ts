import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const top = fileURLToPath(new URL("../../..", import.meta.url));

/** The launcher in a folder of its own, with `program` where the built command would be. */
function launcher(program?: string): string {
	const folder = mkdtempSync(join(tmpdir(), "paihao-launcher-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	mkdirSync(join(folder, "bin"));
	cpSync(join(top, "bin/paihao.mjs"), join(folder, "bin/paihao.mjs"));
	cpSync(join(top, "bin/node24.mjs"), join(folder, "bin/node24.mjs"));
	writeFileSync(join(folder, "package.json"), '{"type":"module"}');
	if (program !== undefined) {
		mkdirSync(join(folder, "out/main"), { recursive: true });
		writeFileSync(join(folder, "out/main/paihao.js"), program);
	}
	const file = join(folder, "bin/paihao.mjs");
	symlinkSync("bin/paihao.mjs", join(folder, "paihao"));
	return file;
}

const run = (file: string, ...argv: string[]) => spawnSync(process.execPath, [file, ...argv], { encoding: "utf8" });

describe("the command", () => {
	test("that is not built says what to do", () => {
		const { status, stdout, stderr } = run(launcher(), "demo");
		expect([status, stdout, stderr]).toEqual([1, "", "Paihao is not built yet. Run npm run build first.\n"]);
	});

	test("runs what was built, with its arguments, through a link too", () => {
		const file = launcher("console.log(process.argv.slice(2).join(' ')); process.exitCode = 5;");
		const link = join(file, "../../paihao");
		for (const each of [file, link]) {
			const { status, stdout } = run(each, "verify", "--data", "/d");
			expect([status, stdout]).toEqual([5, "verify --data /d\n"]);
		}
	});

	test("keeps Node's notices about itself to itself, and no other warning", () => {
		const file = launcher("process.emitWarning('new', 'ExperimentalWarning'); process.emitWarning('worn', 'Wear');");
		expect(run(file).stderr).toBe("Wear: worn\n");
	});
});

describe("running again under Node 24", () => {
	/** As the launcher does under an older Node. */
	const again = (file: string) => [
		"--input-type=module",
		"-e",
		`import { runUnderNode24 } from ${JSON.stringify(new URL("../bin/node24.mjs", `file://${file}`).href)};
		runUnderNode24(${JSON.stringify(file)}, ["demo"]);`,
	];

	test("ends with the same code", () => {
		const file = launcher("process.exitCode = 9;");
		expect(spawnSync(process.execPath, again(file)).status).toBe(9);
	});

	test.for(["SIGTERM", "SIGINT", "SIGHUP"] as const)("hands on %s, and ends as it did", async (signal) => {
		const file = launcher(
			`process.on("${signal}", () => process.exit(4)); console.log("ready"); setInterval(() => {}, 1000);`,
		);
		const child = spawn(process.execPath, again(file), { stdio: ["ignore", "pipe", "inherit"] });
		await once(child.stdout, "data");
		child.kill(signal);
		expect(await once(child, "exit")).toEqual([4, null]);
	});

	test("ends by the signal that ended it", () => {
		const file = launcher("process.kill(process.pid, 'SIGKILL');");
		expect(spawnSync(process.execPath, again(file)).signal).toBe("SIGKILL");
	});
});
