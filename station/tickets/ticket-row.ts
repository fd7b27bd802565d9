import type { ticket } from "../../db/station/schema/tickets.ts";
import type { BoardCall, QueueEntry } from "../../protocol/api/board.ts";
import type { RefusalData } from "../../protocol/api/station-refusals.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { PrintState, TicketPrint } from "../../protocol/model/print.ts";

/** A ticket as its table holds it. */
export type TicketRow = typeof ticket.$inferSelect;

/** The visitor's language. An old ticket's was redacted: it is shown in Chinese. */
export function languageOf({ language }: Pick<TicketRow, "language">): Language {
	return language ?? "zh-Hans";
}

/** Who and what, for a refusal. */
export function describe(row: TicketRow): RefusalData<"TICKET_CHANGED"> {
	return { ticket: row.id, number: row.number, state: row.state, version: row.version, counter: row.counter };
}

/** The state of a ticket's last copy. `sent-only`: doubtful only because its printer cannot confirm. */
export type LastPrint = PrintState | "sent-only";

export function toTicketPrint(last: LastPrint): TicketPrint {
	return last === "sent-only" ? { state: "doubtful", sentOnly: true } : { state: last };
}

export function toQueueEntry(row: TicketRow, lastPrint: LastPrint): QueueEntry {
	const { id, number, topic, partySize, state, version, counter, calls, arrivedAt, since, notBefore } = row;
	const { class: ticketClass, bookedAt, reservedFor, note, before } = row;
	return {
		id,
		number,
		topic,
		nextTopics: row.nextTopics ?? [],
		language: languageOf(row),
		partySize,
		class: ticketClass,
		bookedAt,
		state,
		version,
		counter,
		reservedFor,
		note,
		undoable: before !== null,
		calls,
		arrivedAt,
		since,
		notBefore,
		stranded: null,
		print: toTicketPrint(lastPrint),
	};
}

/** The call of a ticket that is called or served; nothing for any other. */
export function toBoardCall(row: TicketRow): BoardCall[] {
	if (row.counter === null || row.calledAt === null || (row.state !== "called" && row.state !== "serving")) return [];
	return [
		{
			call: `${row.number}-${row.serviceDay}-${row.calls}`,
			number: row.number,
			counter: row.counter,
			topic: row.topic,
			language: languageOf(row),
			calledAt: row.calledAt,
			state: row.state,
		},
	];
}
