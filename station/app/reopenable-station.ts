import { setTimeout as pause } from "node:timers/promises";
import type { HttpApp } from "../http/http-app.ts";
import { writeChosenSettings } from "./chosen-settings.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStation, type Station, type StationDeps } from "./open-station.ts";

/** Lets other machines in. Its result is closed before the station. */
type Listen = (station: Station) => Promise<AsyncDisposable>;

export interface ReopenableStation {
	httpApp: HttpApp;
	kioskKey: string;
	/** The station as it is open now. */
	current(): Station;
	/** Listens now, and each time that the station opens again. */
	listen(listen: Listen): Promise<void>;
	close(): Promise<void>;
}

/** Answers that are under way may still be given before the station is closed. */
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * A station that can open again with another configuration behind the same HTTP app: requests that come meanwhile wait.
 * If it cannot open so, it goes on as it was, and what was chosen is forgotten.
 */
export async function openReopenableStation(
	configuration: StationConfiguration,
	deps: Omit<StationDeps, "reopen">,
): Promise<ReopenableStation> {
	const answering = new Set<Promise<Response>>();
	let listen: Listen | undefined;
	let reopening: Promise<void> = Promise.resolve();
	let isClosed = false;

	const open = async (used: StationConfiguration) => {
		await using opening = new AsyncDisposableStack();
		const reopen = (next: StationConfiguration) => {
			reopening = reopenWith(used, next);
		};
		const station = opening.adopt(await openStation(used, { ...deps, reopen }), (one) => one.close());
		if (listen) opening.use(await listen(station));
		return { station, opened: opening.move() };
	};
	const reopenWith = async (before: StationConfiguration, next: StationConfiguration) => {
		// The request that asked for it is among them, and gets its answer.
		await Promise.race([Promise.allSettled([...answering]), pause(ANSWER_TIMEOUT_MS)]);
		if (isClosed) return;
		await current.opened.disposeAsync();
		try {
			current = await open(next);
		} catch (err) {
			deps.log.error({ event: "station.reopen.failed", err }, "the station goes on with its settings of before");
			writeChosenSettings(before.data, before.chosen);
			current = await open(before);
		}
	};
	let current = await open(configuration);
	return {
		kioskKey: current.station.kioskKey,
		current: () => current.station,
		async httpApp(request, source) {
			await reopening;
			const answer = current.station.httpApp(request, source);
			answering.add(answer);
			return answer.finally(() => answering.delete(answer));
		},
		async listen(listenWith) {
			listen = listenWith;
			current.opened.use(await listenWith(current.station));
		},
		async close() {
			isClosed = true;
			await reopening;
			await current.opened.disposeAsync();
		},
	};
}
