import type { Restorable, StationEvent } from "../../protocol/events/event.ts";
import type { PrintJobId, TicketId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { PrintState } from "../../protocol/model/print.ts";

/** What the events alone say that the tables must hold. */
export interface Replayed {
	tickets: Map<TicketId, ReplayedTicket>;
	jobs: Map<PrintJobId, { ticket: TicketId; state: PrintState }>;
	/** The last number of each series and day; the key is "day series". */
	counters: Map<string, number>;
}

export interface ReplayedTicket extends Restorable {
	callsBeforeLeg: number;
	number: string;
	series: string;
	ordinal: number;
	serviceDay: string;
	/** Null where it was cut. */
	language: Language | null;
	partySize: number;
	issuedSeq: number;
	version: number;
	calls: number;
	delayedUntil: number | null;
	rating: number | null;
	note: string | null;
}

export function emptyReplay(): Replayed {
	return { tickets: new Map(), jobs: new Map(), counters: new Map() };
}

/** Applies one event, which stands at a place of the station's log, to what is known so far; returns what is wrong with it, or undefined. */
export function replay(known: Replayed, event: StationEvent, place: number): string | undefined {
	if (event.type === "ticket.issued") return replayIssue(known, event, place);
	if (!("ticket" in event.data)) return undefined;
	const ticket = known.tickets.get(event.data.ticket);
	if (!ticket) return `it changes ticket ${event.data.ticket}, which was never issued`;
	if (event.type === "print.reprinted") {
		const { job, replaces } = event.data;
		const before = known.jobs.get(replaces);
		if (before?.ticket !== event.data.ticket || known.jobs.has(job))
			return `it reprints ${replaces} as ${job}, which cannot be`;
		if (before.state !== "confirmed") before.state = "reprinted";
		known.jobs.set(job, { ticket: event.data.ticket, state: "queued" });
		return undefined;
	}
	if (event.type === "ticket.rated") {
		ticket.rating = event.data.rating;
		return undefined;
	}
	if ("job" in event.data) {
		const job = known.jobs.get(event.data.job);
		if (job?.ticket !== event.data.ticket)
			return `it changes print job ${event.data.job}, which that ticket does not have`;
		job.state = printStateAfter[event.type as keyof typeof printStateAfter];
		return undefined;
	}
	if (event.data.version !== ticket.version + 1)
		return `the ticket's version goes from ${ticket.version} to ${event.data.version}`;
	ticket.version = event.data.version;
	switch (event.type) {
		case "ticket.called":
			Object.assign(ticket, {
				state: "called",
				counter: event.data.counter,
				calls: event.data.calls,
				notBefore: null,
			});
			return undefined;
		case "ticket.recalled":
			ticket.calls = event.data.calls;
			return undefined;
		case "ticket.started":
			ticket.state = "serving";
			return undefined;
		case "ticket.finished":
			Object.assign(ticket, { state: "finished", outcome: event.data.outcome });
			return undefined;
		case "ticket.returned":
			if (ticket.state === "missed") ticket.callsBeforeLeg = ticket.calls;
			Object.assign(ticket, { state: "waiting", counter: null, notBefore: event.data.notBefore });
			return undefined;
		case "ticket.parked":
			Object.assign(ticket, { state: "parked", counter: null, notBefore: null });
			return undefined;
		case "ticket.continued": {
			const { next: topic, state, counter } = event.data;
			const place = state === "serving" ? { state, counter } : { state, counter: null, reservedFor: null };
			const nextTopics = ticket.nextTopics.slice(1);
			Object.assign(ticket, { ...place, notBefore: null, topic, nextTopics, callsBeforeLeg: ticket.calls });
			return undefined;
		}
		case "ticket.referred":
			Object.assign(ticket, { state: "finished", outcome: "referred", notBefore: null });
			return undefined;
		case "ticket.transferred": {
			const { topic, reservedFor } = event.data;
			const nextTopics = ticket.nextTopics.filter((one) => one !== topic);
			const place = { state: "waiting", counter: null, notBefore: null };
			Object.assign(ticket, { ...place, topic, nextTopics, reservedFor, callsBeforeLeg: ticket.calls });
			return undefined;
		}
		case "ticket.priority-set":
			Object.assign(ticket, { class: event.data.class, queuePosition: event.data.queuePosition, behind: null });
			return undefined;
		case "ticket.yielded":
			Object.assign(ticket, { behind: event.data.behind, queuePosition: event.data.queuePosition });
			return undefined;
		case "ticket.delayed":
			Object.assign(ticket, { notBefore: event.data.notBefore, delayedUntil: event.data.notBefore });
			return undefined;
		case "ticket.noted":
			// One that was cut has no note any more, whatever a later event still says.
			ticket.note = ticket.language === null ? null : event.data.note;
			return undefined;
		case "ticket.cancelled":
			Object.assign(ticket, { state: "cancelled", counter: null, notBefore: null });
			return undefined;
		case "ticket.undone":
			Object.assign(ticket, { callsBeforeLeg: 0, ...event.data.restored });
			return undefined;
		case "ticket.missed":
			Object.assign(ticket, { state: "missed", counter: null });
			return undefined;
		default:
			return `its type ${event.type} is not known`;
	}
}

const printStateAfter = {
	"print.sending": "sending",
	"print.sent": "sent",
	"print.confirmed": "confirmed",
	"print.doubtful": "doubtful",
	"print.requeued": "queued",
	"print.failed": "failed",
} as const satisfies Record<string, PrintState>;

function replayIssue(
	known: Replayed,
	event: StationEvent & { type: "ticket.issued" },
	place: number,
): string | undefined {
	const { ticket: id, job, version, visit: _visit, nextTopics = [], ...facts } = event.data;
	if (known.tickets.has(id)) return `ticket ${id} is issued a second time`;
	const key = counterKey(facts.serviceDay, facts.series);
	const expected = (known.counters.get(key) ?? 0) + 1;
	if (facts.ordinal !== expected)
		return `number ${facts.number} follows ${expected - 1} of series ${facts.series} on ${facts.serviceDay}`;
	known.counters.set(key, facts.ordinal);
	known.tickets.set(id, {
		...facts,
		nextTopics,
		version,
		issuedSeq: place,
		state: "waiting",
		counter: null,
		reservedFor: null,
		calls: 0,
		callsBeforeLeg: 0,
		notBefore: null,
		behind: null,
		delayedUntil: null,
		rating: null,
		note: null,
		outcome: null,
	});
	known.jobs.set(job, { ticket: id, state: "queued" });
	return undefined;
}

export const counterKey = (serviceDay: string, series: string) => `${serviceDay} ${series}`;
