import type { TicketId } from "../../../protocol/model/ids.ts";
import { MAX_SENT_TICKETS, type SentTicket } from "../../../protocol/model/phone.ts";

/** Which tickets the server must learn of for the phones that ask there. */
export interface PhoneTickets {
	/** Tickets that are not as the server last got them, MAX_SENT_TICKETS at most. */
	pending(now: number): SentTicket[];
	/** The server has them. */
	markSent(tickets: readonly SentTicket[]): void;
	/** The server is another one, or was enrolled with another device: it knows nothing yet. */
	forget(): void;
}

export interface PhoneTicketsDeps {
	/** Today's live tickets, and those of `ended`, by id. */
	list(now: number, ended: readonly TicketId[]): { id: TicketId; isLive: boolean; ticket: SentTicket }[];
}

/** This many ended tickets are checked again: an undo or a rating may change them. */
const MAX_ENDED_WATCHED = 50;

/** Remembers in memory alone what was sent: after a start it sends all of the day's live tickets once more. */
export function openPhoneTickets({ list }: PhoneTicketsDeps): PhoneTickets {
	/** By the code's digest, the ticket as it was sent. */
	const sentTexts = new Map<string, string>();
	let live = new Set<TicketId>();
	let ended: TicketId[] = [];
	return {
		pending(now) {
			const listed = list(now, [...live, ...ended]);
			const isEnded = new Set(listed.flatMap(({ id, isLive }) => (isLive ? [] : [id])));
			live = new Set(listed.flatMap(({ id, isLive }) => (isLive ? [id] : [])));
			ended = [...new Set([...ended.filter((id) => isEnded.has(id)), ...isEnded])].slice(-MAX_ENDED_WATCHED);
			return listed
				.map(({ ticket }) => ticket)
				.filter(({ codeDigest, ticket }) => sentTexts.get(codeDigest) !== JSON.stringify(ticket))
				.slice(0, MAX_SENT_TICKETS);
		},
		markSent(tickets) {
			for (const { codeDigest, ticket } of tickets) sentTexts.set(codeDigest, JSON.stringify(ticket));
		},
		forget() {
			sentTexts.clear();
		},
	};
}
