import { LANGUAGES } from "../protocol/model/language.ts";
import { median, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { startStation } from "./station-process.ts";

const ROUNDS = 5;

/** How soon a station is ready, and how much memory it holds, with warm file caches. */
export async function benchStartup(): Promise<void> {
	const ready: number[] = [];
	const memory: number[] = [];
	// The first start fills the system's file cache and is not counted.
	for (let round = 0; round <= ROUNDS; round += 1) {
		const station = await startStation("virtual:{folder}/paper");
		if (round > 0) {
			ready.push(station.readyAfter);
			memory.push(station.residentMegabytes());
		}
		await station.end();
	}
	writeFigure({
		figure: "station: ready after its start",
		value: median(ready) / 1_000,
		unit: "s",
		goal: { atMost: 1 },
	});
	writeFigure({
		figure: "station: resident memory when ready",
		value: median(memory),
		unit: "MB",
		goal: { atMost: 150 },
	});

	const station = await startStation("virtual:{folder}/paper");
	const client = await openKioskClient(station);
	for (const language of LANGUAGES) await client.issue("work-permit", language);
	client.close();
	writeFigure({
		figure: "station: resident memory after tickets in twelve languages",
		value: station.residentMegabytes(),
		unit: "MB",
	});
	await station.end();
}
