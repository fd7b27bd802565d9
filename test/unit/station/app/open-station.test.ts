import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { openStationDatabase } from "../../../../db/station/open.ts";
import { readConfiguration } from "../../../../station/app/configuration.ts";
import { openStation } from "../../../../station/app/open-station.ts";
import { startStation } from "../../../../station/app/start-station.ts";
import { stationFlags } from "../../../fixtures/flags.ts";
import { sourceFiles } from "../../../fixtures/station.ts";
import { emptyFolder, MIGRATIONS, TOP } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const LOG = pino({ level: "silent" });

const workers = new Set<Worker>();
const onWorker = (message: unknown) => {
	const { worker } = message as { worker: Worker };
	workers.add(worker);
	worker.once("exit", () => workers.delete(worker));
};

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	subscribe("worker_threads", onWorker);
});
afterEach(() => {
	unsubscribe("worker_threads", onWorker);
	vi.restoreAllMocks();
	vi.useRealTimers();
	workers.clear();
});

function configurationOf(folder: string, flags: string[] = []) {
	const argv = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", ...flags];
	return readConfiguration({ flags: stationFlags(argv), env: {}, cwd: TOP });
}

/** Throws DATA_IN_USE if a station still holds the folder's lock. */
async function expectAllReleased(folder: string): Promise<void> {
	openStationDatabase(folder, MIGRATIONS).close();
	expect(vi.getTimerCount()).toBe(0);
	await vi.waitFor(() => expect(workers.size).toBe(0));
	expect(existsSync(join(folder, "station.db-wal"))).toBe(false);
}

describe("opening a station", () => {
	test("releases everything if any step fails", { timeout: 60_000 }, async () => {
		const folder = emptyFolder();
		let reads = 0;
		const counted = await openStation(configurationOf(folder), {
			reopen() {},
			files: sourceFiles(),
			log: LOG,
			clock: () => {
				reads += 1;
				return MONDAY_NINE;
			},
		});
		const steps = reads;
		await counted.close();
		await expectAllReleased(folder);

		// Each read of the clock is in another step; the last is the last step of all.
		for (let failing = 1; failing <= steps; failing += 1) {
			reads = 0;
			const clock = () => {
				reads += 1;
				if (reads === failing) throw new Error(`read ${failing} of the clock fails`);
				return MONDAY_NINE;
			};
			await openStation(configurationOf(folder), { files: sourceFiles(), log: LOG, clock, reopen() {} }).then(
				// The day's closing logs an error and goes on.
				(station) => station.close(),
				(error: unknown) => expect(error).toMatchObject({ message: `read ${failing} of the clock fails` }),
			);
			await expectAllReleased(folder);
		}
	});

	test("releases the plain port if the network's port is in use", async () => {
		const folder = emptyFolder();
		const other = createServer().listen(0, "127.0.0.1");
		onTestFinished(() => void other.close());
		await new Promise((resolve) => other.once("listening", resolve));
		const { port: used } = other.address() as { port: number };
		const plain = createServer().listen(0, "127.0.0.1");
		await new Promise((resolve) => plain.once("listening", resolve));
		const { port } = plain.address() as { port: number };
		await new Promise((resolve) => plain.close(resolve));

		const flags = ["--port", String(port), "--network", "127.0.0.1", "--network-port", String(used), "--log-level"];
		const configuration = configurationOf(folder, [...flags, "silent"]);
		await expect(startStation(configuration, sourceFiles(), { log: LOG })).rejects.toMatchObject({
			code: "PORT_IN_USE",
		});
		await expectAllReleased(folder);
		const again = createServer().listen(port, "127.0.0.1");
		await new Promise((resolve, reject) => again.once("listening", resolve).once("error", reject));
		again.close();
	});
});

describe("closing a station", () => {
	test("closes everything even if one part fails to close", async () => {
		const folder = emptyFolder();
		const station = await openStation(configurationOf(folder), {
			reopen() {},
			files: sourceFiles(),
			log: LOG,
			clock: () => MONDAY_NINE,
		});
		const terminate = Worker.prototype.terminate;
		vi.spyOn(Worker.prototype, "terminate").mockImplementation(async function (this: Worker) {
			await terminate.call(this);
			throw new Error("the renderer does not end");
		});
		await expect(station.close()).rejects.toThrow("the renderer does not end");
		await expectAllReleased(folder);
	});
});
