import { asc } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, STREAMS_IN_ORDER, stream } from "../../db/station/schema/events.ts";
import { numberCounter, printJob, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import { FIRST_HASH } from "../../protocol/events/event.ts";
import { chainHash } from "../../protocol/events/hash-chain.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import { counterKey, emptyReplay, type Replayed, type ReplayedTicket, replay } from "./replay.ts";

export type VerifyResult =
	| { kind: "agrees"; events: number; tickets: number; head: string }
	/** The first place that does not agree, and what is wrong there. */
	| { kind: "differs"; place: string; what: string };

/** SQLite's own look at the whole file: pages, indexes against tables, references. Undefined where all is well. */
export function verifyFile({ $client }: StationDatabase): VerifyResult | undefined {
	const found = $client.pragma("integrity_check(1)", { simple: true });
	if (found !== "ok") return differs("file", String(found));
	const [stray] = $client.pragma("foreign_key_check") as { table: string; parent: string }[];
	return stray && differs("file", `a row of ${stray.table} refers to a ${stray.parent} that is not there`);
}

/**
 * Reads the log from its first event: places without gaps, the chain of hashes of each stream, each event's
 * shape; then what the events say against the tables of tickets, intervals, numbers and print jobs.
 * One read transaction: a running station may go on meanwhile.
 */
export function verifyStation(database: StationDatabase): VerifyResult {
	return database.transaction((tx) => {
		const streams = tx
			.select()
			.from(stream)
			.orderBy(...STREAMS_IN_ORDER)
			.all();
		const open = streams.filter(({ endedAt }) => endedAt === null);
		if (open.length !== 1) return differs("stream", `there are ${open.length} open streams, and must be one`);

		const known = emptyReplay();
		let place = 0;
		let hash = FIRST_HASH;
		const events = tx.select().from(event).orderBy(asc(event.seq)).all();
		for (const own of streams) {
			if (own.base !== place) return differs("stream", `${own.id} begins after event ${own.base}, not ${place}`);
			hash = FIRST_HASH;
			for (const row of events.slice(place, place + own.seq)) {
				const at = `event ${row.seq}`;
				if (row.seq !== place + 1) return differs(at, `it follows event ${place}: ${row.seq - place - 1} are missing`);
				const expected = chainHash(hash, row.text);
				if (row.hash !== expected) return differs(at, "its hash does not fit its text and the event before it");
				const wrong = checkEvent(known, row, own);
				if (wrong !== undefined) return differs(at, wrong);
				hash = expected;
				place = row.seq;
			}
			if (place !== own.base + own.seq || own.head !== hash)
				return differs("stream", `its head is at ${own.base + own.seq}, the last event is ${place}`);
		}
		if (place !== events.length)
			return differs("stream", `its head is at ${place}, the last event is ${events.length}`);
		const mismatch =
			compareTickets(known, tx.select().from(ticket).orderBy(asc(ticket.issuedSeq)).all()) ??
			compareIntervals(
				known,
				tx.select().from(ticketInterval).orderBy(asc(ticketInterval.ticket), asc(ticketInterval.version)).all(),
			) ??
			compareCounters(known, tx.select().from(numberCounter).all()) ??
			compareJobs(known, tx.select().from(printJob).all());
		return mismatch ?? { kind: "agrees", events: place, tickets: known.tickets.size, head: hash };
	});
}

/** One event against its columns and its stream, and what happened against what is known so far. */
function checkEvent(
	known: Replayed,
	row: typeof event.$inferSelect,
	own: { id: string; base: number },
): string | undefined {
	const said = readEvent(row.text);
	if (!said) return "its text is not an event of this format";
	if (said.stream !== own.id || said.seq !== row.seq - own.base) return "its columns say something else than its text";
	const happened = row.original === null ? said : readEvent(row.original);
	if (!happened) return "what it stands for is not an event of this format";
	if (said !== happened && (said.type !== "event.duplicate" || said.data.event !== happened.id))
		return "it stands for another event than it says";
	if (happened.id !== row.id || happened.type !== row.type || happened.at !== row.at)
		return "its columns say something else than its text";
	return replay(known, happened, row.seq);
}

function differs(place: string, what: string): VerifyResult {
	return { kind: "differs", place, what };
}

const COMPARED = [
	"number",
	"series",
	"ordinal",
	"serviceDay",
	"topic",
	"language",
	"partySize",
	"issuedSeq",
	"state",
	"version",
	"counter",
	"calls",
	"notBefore",
	"delayedUntil",
	"class",
	"queuePosition",
	"behind",
	"rating",
	"note",
	"reservedFor",
	"outcome",
] as const satisfies readonly (keyof ReplayedTicket)[];

function compareTickets({ tickets }: Replayed, rows: (typeof ticket.$inferSelect)[]): VerifyResult | undefined {
	for (const row of rows) {
		const place = `ticket ${row.id} (${row.number})`;
		const said = tickets.get(row.id);
		if (!said) return differs(place, "no event issued it");
		const field = COMPARED.find((name) => row[name] !== said[name]);
		if (field) return differs(place, `its ${field} is ${row[field]}, the events say ${said[field]}`);
		// 0 as well where the leg began before the station counted calls for each leg.
		if (row.callsBeforeLeg !== 0 && row.callsBeforeLeg !== said.callsBeforeLeg)
			return differs(
				place,
				`its calls before this leg are ${row.callsBeforeLeg}, the events say ${said.callsBeforeLeg}`,
			);
		const nextTopics = (row.nextTopics ?? []).join(", ");
		if (nextTopics !== said.nextTopics.join(", "))
			return differs(place, `its further topics are ${nextTopics}, the events say ${said.nextTopics.join(", ")}`);
	}
	if (rows.length !== tickets.size)
		return differs("tickets", `there are ${rows.length}, the events issued ${tickets.size}`);
	return undefined;
}

/** Intervals of a ticket follow each other without a gap; the open one is the ticket's state. */
function compareIntervals(
	{ tickets }: Replayed,
	rows: (typeof ticketInterval.$inferSelect)[],
): VerifyResult | undefined {
	const byTicket = Map.groupBy(rows, (row) => row.ticket);
	for (const [id, { number, state }] of tickets) {
		const place = `intervals of ticket ${id} (${number})`;
		const intervals = byTicket.get(id) ?? [];
		const last = intervals.at(-1);
		if (!last) return differs(place, "there are none");
		for (const [index, interval] of intervals.entries()) {
			const next = intervals[index + 1];
			if (next && next.startedAt !== interval.endedAt)
				return differs(place, `number ${index + 1} does not end where the next begins`);
		}
		const over = state === "finished" || state === "cancelled";
		if (over ? last.endedAt === null : last.endedAt !== null || last.state !== state) {
			return differs(
				place,
				`the last is ${last.state}, ${last.endedAt === null ? "open" : "ended"}; the ticket is ${state}`,
			);
		}
	}
	return undefined;
}

function compareCounters(
	{ counters }: Replayed,
	rows: (typeof numberCounter.$inferSelect)[],
): VerifyResult | undefined {
	for (const row of rows) {
		const said = counters.get(counterKey(row.serviceDay, row.series));
		if (said !== row.last)
			return differs(
				`numbers of series ${row.series} on ${row.serviceDay}`,
				`the last is ${row.last}, the events say ${said ?? "none"}`,
			);
	}
	if (rows.length !== counters.size)
		return differs("numbers", `there are ${rows.length} series, the events say ${counters.size}`);
	return undefined;
}

function compareJobs({ jobs }: Replayed, rows: (typeof printJob.$inferSelect)[]): VerifyResult | undefined {
	for (const row of rows) {
		const said = jobs.get(row.id);
		if (said?.ticket !== row.ticket) return differs(`print job ${row.id}`, "no event queued it for that ticket");
		if (said.state !== row.state)
			return differs(`print job ${row.id}`, `its state is ${row.state}, the events say ${said.state}`);
	}
	if (rows.length !== jobs.size)
		return differs("print jobs", `there are ${rows.length}, the events queued ${jobs.size}`);
	return undefined;
}
