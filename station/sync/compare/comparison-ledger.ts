import type { StationEvent } from "../../../protocol/events/event.ts";
import { readEvent } from "../../../protocol/events/upcasters.ts";
import { counterKey, emptyReplay, type Replayed, replay } from "../../events/replay.ts";
import type { ScannedEvent } from "./held-events.ts";

/** Counts, event by event in the station's order, which side has what, and replays the tickets of each side. */
export interface Ledger {
	both(event: ScannedEvent): void;
	stationOnly(event: ScannedEvent): void;
	serverOnly(event: ScannedEvent): void;
	close(): {
		onlyStation: number;
		serverAhead: number;
		numbersGivenTwice: { serviceDay: string; number: string }[];
		tickets: { station: Record<string, number>; server: Record<string, number> };
	};
}

export function openLedger(): Ledger {
	const station = emptyReplay();
	const server = emptyReplay();
	/** Events that only the server has so far. After a fork, an `event.duplicate` of the station may name them. */
	const serverAhead = new Map<string, StationEvent>();
	let place = 0;
	let onlyStation = 0;

	/** The event itself, or the one that an `event.duplicate` names. */
	const resolve = ({ event, original }: ScannedEvent): { event: StationEvent | undefined; isAtServer: boolean } => {
		if (event?.type !== "event.duplicate") return { event, isAtServer: false };
		const atServer = serverAhead.get(event.data.event);
		serverAhead.delete(event.data.event);
		return { event: atServer ?? readEvent(original ?? ""), isAtServer: atServer !== undefined };
	};

	return {
		both(scanned) {
			place += 1;
			const { event, isAtServer } = resolve(scanned);
			if (event) replay(station, event, place);
			// The server's copy names another event as known, but has it in no stream.
			if (scanned.event?.type === "event.duplicate" && !isAtServer) onlyStation += 1;
			else if (event) replay(server, event, place);
		},
		stationOnly(scanned) {
			place += 1;
			const { event, isAtServer } = resolve(scanned);
			if (event) replay(station, event, place);
			onlyStation += 1;
			if (event && isAtServer) replay(server, event, place);
		},
		serverOnly({ event }) {
			if (event && event.type !== "event.duplicate") serverAhead.set(event.id, event);
		},
		close() {
			for (const event of serverAhead.values()) replayServerAhead(server, event);
			const own = new Set([...station.tickets.values()].map(({ serviceDay, number }) => `${serviceDay} ${number}`));
			const issued = [...serverAhead.values()].flatMap((event) => (event.type === "ticket.issued" ? [event.data] : []));
			return {
				onlyStation,
				serverAhead: serverAhead.size,
				numbersGivenTwice: issued
					.filter(({ serviceDay, number }) => own.has(`${serviceDay} ${number}`))
					.map(({ serviceDay, number }) => ({ serviceDay, number })),
				tickets: { station: countStates(station), server: countStates(server) },
			};
		},
	};
}

/** Another disk counted its numbers by itself and may have changed a ticket that was changed here: replays what it can. */
function replayServerAhead(known: Replayed, event: StationEvent): void {
	if (event.type === "ticket.issued") {
		const { serviceDay, series, ordinal } = event.data;
		known.counters.set(counterKey(serviceDay, series), ordinal - 1);
	}
	replay(known, event, 0);
}

function countStates({ tickets }: Replayed): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { state } of [...tickets.values()].toSorted((one, other) => one.state.localeCompare(other.state)))
		counts[state] = (counts[state] ?? 0) + 1;
	return counts;
}
