import type { StationEvent } from "../../../protocol/events/event.ts";
import { readEvent } from "../../../protocol/events/upcasters.ts";
import { counterKey, emptyReplay, type Replayed, replay } from "../../events/replay.ts";
import type { ScannedEvent } from "./held-events.ts";

/** Keeps, event by event in the station's order, who has what, and what tickets follow from it on each side. */
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
	/** What the server alone has so far; after a fork the station may still say that it is known. */
	const serverAhead = new Map<string, StationEvent>();
	let place = 0;
	let onlyStation = 0;

	/** What really happened where an event only says that another one is known. */
	const happened = ({ said, original }: ScannedEvent): { event: StationEvent | undefined; isElsewhere: boolean } => {
		if (said?.type !== "event.duplicate") return { event: said, isElsewhere: false };
		const otherSites = serverAhead.get(said.data.event);
		serverAhead.delete(said.data.event);
		return { event: otherSites ?? readEvent(original ?? ""), isElsewhere: otherSites !== undefined };
	};

	return {
		both(scanned) {
			place += 1;
			const { event, isElsewhere } = happened(scanned);
			if (event) replay(station, event, place);
			// The server's copy says that it has another event, and has it nowhere.
			if (scanned.said?.type === "event.duplicate" && !isElsewhere) onlyStation += 1;
			else if (event) replay(server, event, place);
		},
		stationOnly(scanned) {
			place += 1;
			const { event, isElsewhere } = happened(scanned);
			if (event) replay(station, event, place);
			onlyStation += 1;
			if (event && isElsewhere) replay(server, event, place);
		},
		serverOnly({ said }) {
			if (said && said.type !== "event.duplicate") serverAhead.set(said.id, said);
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

/** Another disk counted its numbers by itself, and may have moved a ticket that was moved here: what it says as far as it goes. */
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
