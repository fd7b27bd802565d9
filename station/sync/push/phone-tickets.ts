import { MAX_SENT_TICKETS, type SentTicket } from "../../../protocol/model/phone.ts";

export interface Phones {
	/** Tickets that are not as the server was told last, MOST_TOLD at most. */
	pending(now: number): SentTicket[];
	/** The server has them. */
	markSent(tickets: readonly SentTicket[]): void;
	/** Another server, or another device in this one's place: it knows nothing yet. */
	forget(): void;
}

export interface PhonesDeps {
	/** Today's live tickets, and those of `ended`, by id. */
	poll(now: number, ended: readonly string[]): { id: string; isLive: boolean; markSent: SentTicket }[];
}

/** Ended tickets that are looked at again: an undo or a rating may change them. */
const ENDED_WATCHED = 50;

/**
 * What the server must be told for the phones that ask there. What was told is remembered in memory alone: after a
 * start all of the day's live tickets are told once more.
 */
export function openPhones({ poll }: PhonesDeps): Phones {
	/** By the code's digest, the ticket as it was told. */
	const texts = new Map<string, string>();
	let live = new Set<string>();
	let ended: string[] = [];
	return {
		pending(now) {
			const found = poll(now, [...live, ...ended]);
			const isEnded = new Set(found.flatMap(({ id, isLive }) => (isLive ? [] : [id])));
			live = new Set(found.flatMap(({ id, isLive }) => (isLive ? [id] : [])));
			ended = [...new Set([...ended.filter((id) => isEnded.has(id)), ...isEnded])].slice(-ENDED_WATCHED);
			return found
				.flatMap(({ markSent }) =>
					texts.get(markSent.codeDigest) === JSON.stringify(markSent.ticket) ? [] : [markSent],
				)
				.slice(0, MAX_SENT_TICKETS);
		},
		markSent(tickets) {
			for (const { codeDigest, ticket } of tickets) texts.set(codeDigest, JSON.stringify(ticket));
		},
		forget() {
			texts.clear();
		},
	};
}
