import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { EpsonSimulator } from "../printer-simulator/epson-simulator.ts";
import { serveSimulator } from "../printer-simulator/virtual-printer.ts";
import type { Language } from "../protocol/model/language.ts";
import { median, quantile, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { startStation } from "./station-process.ts";

const LANGUAGES: readonly Language[] = ["zh-Hans", "ar", "th"];
const WARM_UP = 5;
const TICKETS = 200;

/**
 * Measures from the kiosk's request to the last byte of the ticket at the printer's socket, one visitor
 * after another. The printer is in this process, over TCP. The second that paper takes is not included.
 */
export async function benchPrint(): Promise<void> {
	let arrived = (_: number) => {};
	// A ticket is delivered with the command that cuts it: the last that a ticket's bytes hold but for the request to confirm.
	const simulator = new EpsonSimulator({ width: 576, deliver: async () => arrived(performance.now()) });
	const server = serveSimulator(simulator).listen(0, "127.0.0.1");
	await once(server, "listening");
	const station = await startStation(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
	const client = await openKioskClient(station);
	const takeTicket = async (language: Language): Promise<{ paper: number; number: number }> => {
		const printed = new Promise<number>((resolve) => {
			arrived = resolve;
		});
		const began = performance.now();
		await client.issue("work-permit", language);
		const answered = performance.now();
		return { paper: (await printed) - began, number: answered - began };
	};
	try {
		for (const language of LANGUAGES) {
			for (let ticket = 0; ticket < WARM_UP; ticket += 1) await takeTicket(language);
			const samples: { paper: number; number: number }[] = [];
			for (let ticket = 0; ticket < TICKETS; ticket += 1) samples.push(await takeTicket(language));
			const paper = samples.map((sample) => sample.paper);
			const beside = {
				"of which until the number is on the screen, p50 ms": median(samples.map((sample) => sample.number)),
			};
			writeFigure({
				figure: `print: tap to last byte at the printer, ${language}, p50`,
				value: median(paper),
				unit: "ms",
				goal: { atMost: 20 },
				beside,
			});
			writeFigure({
				figure: `print: tap to last byte at the printer, ${language}, p99`,
				value: quantile(paper, 0.99),
				unit: "ms",
				goal: { atMost: 50 },
			});
		}
	} finally {
		client.close();
		await station.end();
		server.close();
	}
}
