import { setFlagsFromString } from "node:v8";
import type { Logger } from "pino";
import type { StationConfiguration } from "./configuration.ts";
import type { Door } from "./door/door.ts";
import { openLog } from "./log.ts";
import type { ProductFiles } from "./product-files.ts";
import { makeReadyLine, type ReadyLine } from "./ready-line.ts";
import { serve } from "./serve.ts";
import { openStation } from "./station.ts";

export interface RunningStation {
	door: Door;
	kioskKey: string;
	log: Logger;
	ready: ReadyLine;
	close(): Promise<void>;
}

/** A station with its HTTP door open, as the command and the shell run it. Throws PlainError. */
export async function runStation(configuration: StationConfiguration, files: ProductFiles): Promise<RunningStation> {
	keepHeapAsItIs();
	const log = openLog(configuration.logLevel);
	const station = await openStation(configuration, { files, log, clock: Date.now });
	try {
		const { door, kioskKey } = station;
		const serving = await serve(door, configuration);
		return {
			door,
			kioskKey,
			log,
			ready: makeReadyLine({ host: configuration.host, port: serving.port, pid: process.pid, kioskKey }),
			async close() {
				await serving.close();
				await station.close();
			},
		};
	} catch (fault) {
		await station.close();
		throw fault;
	}
}

/**
 * V8's memory reducer: once a process allocates little for some time, it compacts the whole heap in one
 * pause to give pages back. Measured at a kiosk's pace: 16 to 21 ms on a quiet machine, 134 ms where the
 * host had taken pages away meanwhile, while a visitor's tap waits. The heap stays as flat without it. (Its
 * own switch, --no-memory-reducer, is read before any of our code runs; the number of its turns is not.)
 */
function keepHeapAsItIs(): void {
	setFlagsFromString("--memory-reducer-gc-count=0");
}
