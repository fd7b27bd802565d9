import type { Restorable, StationEvent } from "../../protocol/events/event.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { PrintState } from "../../protocol/model/print.ts";

/** What the events alone say that the tables must hold. */
export interface Replayed {
	tickets: Map<string, ReplayedTicket>;
	jobs: Map<string, { ticket: string; state: PrintState }>;
	/** The last number of each series and day; the key is "day series". */
	counters: Map<string, number>;
}

export interface ReplayedTicket extends Restorable {
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
				restsUntil: null,
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
			Object.assign(ticket, { state: "waiting", counter: null, restsUntil: event.data.restsUntil });
			return undefined;
		case "ticket.parked":
			Object.assign(ticket, { state: "parked", counter: null, restsUntil: null });
			return undefined;
		case "ticket.went-on": {
			const { next: topic, state, counter } = event.data;
			const place = state === "serving" ? { state, counter } : { state, counter: null, reservedFor: null };
			Object.assign(ticket, { ...place, restsUntil: null, topic, further: ticket.further.slice(1) });
			return undefined;
		}
		case "ticket.sent-on":
			Object.assign(ticket, { state: "finished", outcome: "referred", restsUntil: null });
			return undefined;
		case "ticket.transferred": {
			const { topic, reservedFor } = event.data;
			const further = ticket.further.filter((one) => one !== topic);
			Object.assign(ticket, { state: "waiting", counter: null, restsUntil: null, topic, further, reservedFor });
			return undefined;
		}
		case "ticket.reclassed":
			Object.assign(ticket, { class: event.data.class, placeAt: event.data.placeAt, behind: null });
			return undefined;
		case "ticket.gave-way":
			Object.assign(ticket, { behind: event.data.behind, placeAt: event.data.placeAt });
			return undefined;
		case "ticket.noted":
			// One that was cut has no note any more, whatever a later event still says.
			ticket.note = ticket.language === null ? null : event.data.note;
			return undefined;
		case "ticket.cancelled":
			Object.assign(ticket, { state: "cancelled", counter: null, restsUntil: null });
			return undefined;
		case "ticket.undone":
			Object.assign(ticket, event.data.restored);
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
	"print.held": "queued",
	"print.failed": "failed",
} as const satisfies Record<string, PrintState>;

function replayIssue(
	known: Replayed,
	event: StationEvent & { type: "ticket.issued" },
	place: number,
): string | undefined {
	const { ticket: id, job, version, visit: _visit, further = [], ...facts } = event.data;
	if (known.tickets.has(id)) return `ticket ${id} is issued a second time`;
	const key = counterKey(facts.serviceDay, facts.series);
	const expected = (known.counters.get(key) ?? 0) + 1;
	if (facts.ordinal !== expected)
		return `number ${facts.number} follows ${expected - 1} of series ${facts.series} on ${facts.serviceDay}`;
	known.counters.set(key, facts.ordinal);
	known.tickets.set(id, {
		...facts,
		further,
		version,
		issuedSeq: place,
		state: "waiting",
		counter: null,
		reservedFor: null,
		calls: 0,
		restsUntil: null,
		behind: null,
		rating: null,
		note: null,
		outcome: null,
	});
	known.jobs.set(job, { ticket: id, state: "queued" });
	return undefined;
}

export const counterKey = (serviceDay: string, series: string) => `${serviceDay} ${series}`;
