import { setFlagsFromString } from "node:v8";
import type { Logger } from "pino";
import { openLog } from "../../lib/log.ts";
import type { HttpApp } from "../http/http-app.ts";
import { serve } from "../http/node-server.ts";
import type { AssetPaths } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStation } from "./open-station.ts";
import { makeReadyLine, type ReadyLine } from "./ready-message.ts";

export interface RunningStation {
	httpApp: HttpApp;
	kioskKey: string;
	log: Logger;
	ready: ReadyLine;
	close(): Promise<void>;
}

/**
 * A station with its HTTP door open, as the command and the shell run it. `restart` ends the program and starts it
 * anew, where something can. Throws PlainError.
 */
export async function runStation(
	configuration: StationConfiguration,
	files: AssetPaths,
	restart: (() => void) | undefined,
): Promise<RunningStation> {
	tuneGarbageCollector();
	const log = openLog(configuration.logLevel);
	const station = await openStation(configuration, { files, log, clock: Date.now, restart });
	try {
		const { httpApp: door, kioskKey } = station;
		const serving = await serve(door, configuration);
		try {
			await station.network.open(door, serving.port);
		} catch (error) {
			await serving.close();
			throw error;
		}
		return {
			httpApp: door,
			kioskKey,
			log,
			ready: makeReadyLine({
				host: configuration.host,
				port: serving.port,
				pid: process.pid,
				kioskKey,
				network: station.network.read(Date.now()),
			}),
			async close() {
				await serving.close();
				await station.close();
			},
		};
	} catch (error) {
		await station.close();
		throw error;
	}
}

/**
 * V8 trades memory for pauses; a station wants both small. Its memory reducer, once a process allocates little for
 * some time, compacts the whole heap in one pause: 16 to 23 ms on a quiet machine at a kiosk's pace, 134 ms where
 * the host had taken pages away, while a visitor's tap waits. It may still collect (7 ms), but not compact. And the
 * space for new objects stays as it begins: growing it four times over a day gave nothing but 50 MB resident.
 */
function tuneGarbageCollector(): void {
	setFlagsFromString("--no-memory-reducer-favors-memory");
	setFlagsFromString("--semi-space-growth-factor=1");
}
