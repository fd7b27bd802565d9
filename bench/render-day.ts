import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { EpsonSimulator } from "../printer-simulator/epson-simulator.ts";
import { serveSimulator } from "../printer-simulator/virtual-printer.ts";
import { LANGUAGES } from "../protocol/model/language.ts";
import { median, quantile, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { startStation } from "./station-process.ts";

const TICKETS = 1_000;
/** Ten times as fast as people come, so that a day fits into three minutes. */
const PACE_MS = 150;
const PACE = `${TICKETS} tickets, one each ${PACE_MS} ms, a printer that answers at once`;

/** A long day of a station: how much memory it holds, and whether rendering and printing ever keep other requests waiting. */
export async function benchRenderDay(): Promise<void> {
	let printed = 0;
	const deliver = async () => {
		printed += 1;
	};
	const simulator = new EpsonSimulator({ width: 576, deliver });
	const server = serveSimulator(simulator).listen(0, "127.0.0.1");
	await once(server, "listening");
	const station = await startStation(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
	const client = await openKioskClient(station);
	// In a thread of its own: the virtual printer here reads 45 KB a ticket, and must not be measured.
	const reader = new Worker(new URL("board-reader.ts", import.meta.url), {
		workerData: new URL("/api/board", station.origin).href,
	});
	const memory: number[] = [];
	try {
		const began = performance.now();
		for (let ticket = 0; ticket < TICKETS; ticket += 1) {
			await sleep(Math.max(0, began + ticket * PACE_MS - performance.now()));
			await client.issue("work-permit", LANGUAGES[ticket % LANGUAGES.length] ?? "en");
			memory.push(station.residentMegabytes());
		}
		const behind = TICKETS - printed;
		while (printed < TICKETS) await sleep(50);
		reader.postMessage("end");
		const [{ answers, late }] = (await once(reader, "message")) as [{ answers: number[]; late: number[] }];
		const early = median(memory.slice(100, 200));
		const last = median(memory.slice(-100));
		writeFigure({
			figure: `render: resident memory, median of the last 100 by that of tickets 100 to 200 (${PACE})`,
			value: last / early,
			unit: "ratio",
			goal: { atMost: 1.1 },
			beside: { "tickets 100 to 200, MB": early, "last 100, MB": last, "most, MB": Math.max(...memory) },
		});
		const beside = {
			"p99 ms": quantile(answers, 0.99),
			"p50 ms": median(answers),
			answers: answers.length,
			"longest delay of the reader's own timers, ms": Math.max(...late),
			"tickets not printed yet when the last was issued": behind,
		};
		writeFigure({
			figure: `render: longest that GET /api/board took meanwhile, asked each 20 ms (${PACE})`,
			value: Math.max(...answers),
			unit: "ms",
			goal: { atMost: 50 },
			beside,
		});
		writeFigure({
			figure: `render: the longest of them by their p99 (${PACE})`,
			value: Math.max(...answers) / quantile(answers, 0.99),
			unit: "ratio",
			goal: { atMost: 10 },
		});
	} finally {
		await reader.terminate();
		client.close();
		await station.end();
		server.close();
	}
}
