import type { Transaction } from "../../db/server/open.ts";
import type { StationEvent } from "../../protocol/events/event.ts";
import { readCheckedEvent } from "../../protocol/events/upcasters.ts";
import type { StationId, TicketId } from "../../protocol/model/ids.ts";
import { addEvent, redactHistory } from "../../protocol/statistics/ticket-history.ts";
import { changeHistories, lockStatistics } from "./write-histories.ts";

/** Adds events of a station, in any order. */
export async function addEvents(tx: Transaction, station: StationId, texts: readonly string[]): Promise<void> {
	const byTicket = Map.groupBy(texts.map(readCheckedEvent), ticketOf);
	await changeHistories(
		tx,
		station,
		new Map(
			[...byTicket].flatMap(([ticket, events]) =>
				ticket === null ? [] : [[ticket, (history) => events.reduce(addEvent, history)]],
			),
		),
	);
}

const ticketOf = ({ data }: StationEvent): TicketId | null => ("ticket" in data ? data.ticket : null);

/** The server's copy of some events was redacted. */
export async function redactTickets(tx: Transaction, station: StationId, texts: readonly string[]): Promise<void> {
	const issued = texts.map(readCheckedEvent).filter(({ type }) => type === "ticket.issued");
	const tickets = issued.flatMap((event) => ticketOf(event) ?? []);
	if (tickets.length === 0) return;
	await lockStatistics(tx, station);
	await changeHistories(tx, station, new Map(tickets.map((ticket) => [ticket, redactHistory])));
}
