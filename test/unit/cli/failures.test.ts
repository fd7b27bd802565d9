import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStationDatabase } from "../../../db/station/open.ts";
import { runCommand, spawnReady } from "../../fixtures/spawned-process.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../../fixtures/station-folder.ts";

const stationFor = (folder: string) => [
	"station",
	"--headless",
	"--port",
	"0",
	"--printer",
	`virtual:${join(folder, "paper")}`,
];
const isRoot = process.getuid?.() === 0;

/** One line on standard error with a code, nothing on standard output, and no stack. */
function expectOneLine(
	{ code, stdout, stderr }: { code: number | null; stdout: string; stderr: string },
	line: RegExp,
): void {
	expect({ exitedWell: code === 0, stdout }).toEqual({ exitedWell: false, stdout: "" });
	expect(stderr.trim().split("\n")).toEqual([expect.any(String)]);
	expect(stderr).toMatch(line);
}

describe("a failure is one line and an exit code", () => {
	test("the server's data folder is in a file", async () => {
		const file = join(emptyFolder(), "file");
		writeFileSync(file, "");
		expectOneLine(
			await runCommand(["server", "--port", "0", "--data", join(file, "data")]),
			/cannot be written.*\[DATA_NOT_WRITABLE\]$/m,
		);
	});

	test("a database that is not PostgreSQL", async () => {
		const result = await runCommand(["server", "--data", emptyFolder(), "--database", "mysql://a/b"]);
		expectOneLine(result, /--database is "mysql:\/\/a\/b"\. It must be an address such as postgres:.* \[USAGE\]$/m);
	});

	test("tickets that an older version wrote, before the first start of this one", async () => {
		const data = emptyFolder();
		const { database, close } = openStationDatabase(data, MIGRATIONS);
		database.$client.pragma("user_version = 1");
		close();
		for (const command of [["verify"], ["staff", "list"]])
			expectOneLine(await runCommand([...command, "--data", data]), /Start the station once.* \[DATA_OLDER\]$/m);
	});

	test("a mistyped server folder stays away", async () => {
		const data = join(emptyFolder(), "typo");
		expectOneLine(
			await runCommand(["server", "code", "--data", data]),
			/There is no server in the folder .* \[NO_SERVER\]$/m,
		);
		expect(existsSync(data)).toBe(false);
	});

	test("a proxy that cannot be used is named", async () => {
		const argv = ["enrol", "--data", emptyFolder(), "--server", "https://x.invalid", "--code", "ABCDE-FGHJK"];
		expectOneLine(
			await runCommand(argv, { HTTPS_PROXY: "socks5://x" }),
			/The proxy in HTTPS_PROXY .* \[PROXY_REFUSED\]$/m,
		);
		expectOneLine(
			await runCommand([...argv, "--ca", join(TOP, "package.json")]),
			/package\.json cannot be used.* \[CA_UNREADABLE\]$/m,
		);
	});

	test("an unknown variable is a warning with the nearest known one", async () => {
		const { stderr } = await runCommand(["--version"], { PAIHAO_PROT: "1" });
		expect(stderr).toBe(
			"paihao: The variable PAIHAO_PROT is not a setting and has no effect. Did you mean PAIHAO_PORT?\n",
		);
	});

	test("with --json it is JSON", async () => {
		const { stderr } = await runCommand(["staff", "list", "--data", "/nowhere", "--json"]);
		expect(JSON.parse(stderr)).toEqual({
			error: { code: "DATA_MISSING", message: expect.stringContaining("/nowhere") },
		});
	});

	test.skipIf(process.platform === "win32")("a disk that is full at the start", () => {
		const folder = emptyFolder();
		// A limit on the size of files stands for the disk: 64 blocks of 1 KB.
		const script = `trap "" XFSZ; ulimit -f 64; exec "$@"`;
		const command = [
			process.execPath,
			join(TOP, "bin/paihao.mjs"),
			...stationFor(folder),
			"--data",
			join(folder, "data"),
		];
		const { status, stdout, stderr } = spawnSync("bash", ["-c", script, "bash", ...command], {
			encoding: "utf8",
			timeout: 60_000,
		});
		expectOneLine({ code: status, stdout, stderr }, /The disk is full.* \[DISK_FULL\]$/m);
	});

	test.runIf(isRoot)("secrets.json of another user: its rights are wrong, and no backup is asked for", () => {
		const data = emptyFolder();
		chmodSync(data, 0o755);
		writeFileSync(join(data, "secrets.json"), "{}", { mode: 0o600 });
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[join(TOP, "bin/paihao.mjs"), ...stationFor("/tmp"), "--data", data],
			{ encoding: "utf8", uid: 65_534, gid: 65_534, timeout: 60_000 },
		);
		// The checkout itself may be out of that user's reach.
		if (!/EACCES|Cannot find module/.test(stderr))
			expectOneLine(
				{ code: status, stdout, stderr },
				/This user may not read .*secrets\.json.* \[SECRETS_UNREADABLE\]$/m,
			);
	});
});

test("a data folder is private to its user, also one that was not", async () => {
	const folder = emptyFolder();
	const data = join(folder, "data");
	mkdirSync(data, { mode: 0o755 });
	const station = await spawnReady([...stationFor(folder), "--data", data]);
	const modeOf = (path: string) => statSync(path).mode & 0o777;
	expect(modeOf(data)).toBe(0o700);
	for (const name of readdirSync(data).filter((one) => /^station\.|^secrets/.test(one)))
		expect([name, modeOf(join(data, name))]).toEqual([name, 0o600]);
	await station.end();
});

test.runIf(process.platform === "linux")(
	"a station ends with the npx that started it, although no signal reaches it",
	async () => {
		const folder = emptyFolder();
		// Stands for npm, which names its process so and starts the command through a shell.
		const npm = `process.title = "npm exec paihao station"; require("node:child_process").spawn("sh", ["-c", '"$@"; true', "sh", ...process.argv.slice(1)], { stdio: "inherit" });`;
		const child = spawn(
			process.execPath,
			["-e", npm, process.execPath, join(TOP, "bin/paihao.mjs"), ...stationFor(folder), "--data", join(folder, "data")],
			{ env: { PATH: process.env.PATH, npm_command: "exec" }, stdio: ["ignore", "pipe", "ignore"] },
		);
		onTestFinished(() => void child.kill("SIGKILL"));
		const [line] = (await once(child.stdout, "data")) as [Buffer];
		const { pid } = JSON.parse(String(line)) as { pid: number };
		child.kill("SIGTERM");
		await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
	},
);

function isRunning(pid: number): boolean {
	try {
		return !readFileSync(join("/proc", String(pid), "stat"), "utf8").includes(") Z ");
	} catch {
		return false;
	}
}
