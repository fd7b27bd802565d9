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
