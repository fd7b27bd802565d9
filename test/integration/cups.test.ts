import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { serveSimulator } from "../../printer-simulator/virtual-printer.ts";
import { closeServer, listen, QUICK_TIMES, simulatorWithPaper } from "../fixtures/print-harness.ts";
import { pictureOf, queueWith } from "../fixtures/standby-queue.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/*
 * With CUPS itself, where it is installed (on Debian: cups) and the test may start a daemon of its own on loopback.
 * Everywhere else fake programs take its place: test/unit/station/printing/spooler-printer.test.ts.
 */
const hasCups =
	process.getuid?.() === 0 &&
	["/usr/sbin/cupsd", "/usr/sbin/lpadmin", "/usr/lib/cups/backend/socket"].every((file) => existsSync(file));

const TIMES = { ...QUICK_TIMES, answerMs: 5_000, writeMs: 5_000, confirmMs: 3_000 };
const patient = { timeout: 40_000, interval: 50 };

async function freePort(): Promise<number> {
	const server = createServer();
	const port = await listen(server);
	await closeServer(server);
	return port;
}

const ACCESS = "Order allow,deny\nAllow from 127.0.0.1\n";

/** A CUPS of the test's own, with a raw queue to a printer at `port`. */
async function startCups(port: number) {
	const folder = emptyFolder();
	// The queue's programs run as another user.
	chmodSync(folder, 0o711);
	const places = { ServerRoot: "root", RequestRoot: "spool", StateDir: "state", CacheDir: "cache" };
	for (const name of Object.values(places)) mkdirSync(join(folder, name));
	const files = Object.entries(places).map(([key, name]) => `${key} ${join(folder, name)}`);
	const logs = ["ErrorLog", "AccessLog", "PageLog"].map((log) => `${log} ${join(folder, log)}`);
	writeFileSync(join(folder, "files.conf"), [...files, ...logs, "SystemGroup root", ""].join("\n"));
	const own = await freePort();
	writeFileSync(
		join(folder, "cupsd.conf"),
		`Listen 127.0.0.1:${own}\nBrowsing Off\n<Location />\n${ACCESS}</Location>\n<Location /admin>\n${ACCESS}</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n`,
	);
	const daemon = spawn("/usr/sbin/cupsd", ["-f", "-c", join(folder, "cupsd.conf"), "-s", join(folder, "files.conf")], {
		stdio: "ignore",
	});
	onTestFinished(async () => {
		daemon.kill();
		if (daemon.exitCode === null) await once(daemon, "exit");
	});
	vi.stubEnv("CUPS_SERVER", `127.0.0.1:${own}`);
	onTestFinished(() => void vi.unstubAllEnvs());
	const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
	await vi.waitFor(() => run("lpstat", "-r"), patient);
	run("/usr/sbin/lpadmin", "-p", "front-desk", "-E", "-v", `socket://127.0.0.1:${port}`, "-m", "raw");
	return { waiting: () => run("lpstat", "-o", "front-desk").trim() };
}

test.runIf(hasCups)("a printer that is on prints each ticket whole, byte for byte", async () => {
	const { simulator, papers } = simulatorWithPaper();
	const server = serveSimulator(simulator);
	await startCups(await listen(server));
	onTestFinished(() => closeServer(server));
	const { issue, rows, standby } = await queueWith("lp:front-desk", TIMES);
	issue(2);
	await vi.waitFor(() => expect(rows().map(({ reason }) => reason)).toEqual(["spooler", "spooler"]), patient);
	await vi.waitFor(() => expect(papers).toHaveLength(2), patient);
	expect(papers.map(({ bitmap }) => bitmap)).toEqual(["B001", "B002"].map((one) => pictureOf(one, false, 576)));
	expect(standby.papers).toEqual([]);
	expect(simulator.violations).toEqual([]);
});

test.runIf(hasCups)(
	"a printer that is off: its job is taken back, and the stand-by prints the ticket, marked",
	async () => {
		const port = await freePort();
		const { waiting } = await startCups(port);
		const { issue, rows, standby, queue } = await queueWith("lp:front-desk", TIMES);
		issue();
		await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(["reprinted", "confirmed"]), patient);
		expect(standby.papers.map(({ bitmap }) => bitmap)).toEqual([pictureOf("B001", true, 384)]);
		expect(waiting()).toBe("");
		expect(queue.status().insteadOf?.reason).toBe("job-stuck");
		// Switched on, it prints nothing of what was taken back.
		const late = simulatorWithPaper();
		const server = serveSimulator(late.simulator);
		await listen(server, "127.0.0.1", port);
		onTestFinished(() => closeServer(server));
		issue();
		await vi.waitFor(() => expect(standby.papers).toHaveLength(2), patient);
		await late.simulator.settled();
		expect(late.papers).toEqual([]);
	},
);
