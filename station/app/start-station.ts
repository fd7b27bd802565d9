import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { setFlagsFromString } from "node:v8";
import { requireListenable } from "../../lib/http/listen.ts";
import { openResources } from "../../lib/resources.ts";
import type { HttpApp } from "../http/http-app.ts";
import { NETWORK_NAMES, PLAIN_NAMES, serve, serveWithTls } from "../http/serve.ts";
import { writeAddressFile } from "./address-file.ts";
import type { AssetPaths } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import type { StationDeps } from "./open-station.ts";
import { makeReadyLine, type ReadyLine } from "./ready-message.ts";
import { openReopenableStation } from "./reopenable-station.ts";

export interface RunningStation {
	httpApp: HttpApp;
	kioskKey: string;
	ready: ReadyLine;
	/** As Station.close; the listeners first. */
	close(): Promise<void>;
}

/**
 * A station that listens, as the command and the shell run it. `restart` ends the program and starts it again, where
 * something can; `leave` ends the window, where this program shows it. Throws UserError, and then nothing listens and nothing is open.
 */
export async function startStation(
	configuration: StationConfiguration,
	files: AssetPaths,
	{ log, restart, leave }: Pick<StationDeps, "log" | "restart" | "leave">,
): Promise<RunningStation> {
	tuneGarbageCollector();
	await requireListenable(configuration, PLAIN_NAMES);
	if (configuration.network) await requireListenable(configuration.network, NETWORK_NAMES);
	return openResources(async (opened) => {
		const deps = { files, log, clock: Date.now, uptime: readUptime, boot: readBoot(), restart, leave };
		const station = opened.adopt(await openReopenableStation(configuration, deps), (one) => one.close());
		const { httpApp, kioskKey } = station;
		const { port } = opened.adopt(await serve(httpApp, configuration), (listener) => listener.close());
		await station.listen(({ network }) => network.open((place, pair) => serveWithTls(httpApp, place, pair), port));
		const ready = makeReadyLine({
			host: configuration.host,
			port,
			pid: process.pid,
			kioskKey,
			network: station.current().network.read(Date.now()),
		});
		writeAddressFile(configuration.data, ready.kiosk);
		return { httpApp, kioskKey, ready };
	});
}

/** On Linux and Windows the system counts the time asleep as well. */
function readUptime(): number {
	return uptime() * 1_000;
}

/** Linux only: other systems tell one boot from another by the wall clock alone, which is what is in question. */
function readBoot(): string | undefined {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		return undefined;
	}
}

/**
 * V8 trades memory for pauses; a station wants both small. Once a process allocates little for some time, V8's memory
 * reducer compacts the whole heap in one pause: 16 to 23 ms on a quiet machine at a kiosk's pace, 134 ms where the host
 * had taken pages away, while a visitor's tap waits. With these flags it still collects (7 ms) but does not compact,
 * and the space for new objects keeps its first size: growing it four times over a day gained nothing but 50 MB. The
 * space for old objects grows by a fifth between two collections, not by several times: of 130 MB at the end of a day
 * 90 were garbage. New objects are collected in the station's own thread: helper threads spare it a few milliseconds,
 * and where other programs have the processor, it waited for them up to 236 ms.
 */
function tuneGarbageCollector(): void {
	setFlagsFromString("--no-memory-reducer-favors-memory");
	setFlagsFromString("--semi-space-growth-factor=1");
	setFlagsFromString("--heap-growing-percent=20");
	setFlagsFromString("--no-parallel-scavenge");
}
