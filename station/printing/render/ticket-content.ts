import type { Language } from "../../../protocol/model/language.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";

/** A name in the visitor's language, and in Chinese for staff and family. */
export interface PaperName {
	name: string;
	nameChinese: string;
}

/**
 * Everything on the paper of one ticket that differs between tickets: plain data, so that it can be
 * posted to the rendering worker. The other texts come from the language's file.
 */
export interface TicketContent {
	/** A letter and three digits or more, as every screen shows it. */
	number: string;
	language: Language;
	site: PaperName;
	topic: PaperName;
	/** People before this one when the ticket was issued; a reprint says the same. */
	ahead: number;
	/** Whole minutes; null if unknown. */
	wait: Wait | null;
	/** The booked time of an appointment, UTC milliseconds; null without one. */
	bookedAt: number | null;
	/** UTC milliseconds. */
	issuedAt: number;
	/** IANA zone of the site, whose local time the paper shows. */
	timezone: string;
	partySize: number;
	/** What to bring, in the visitor's language; the same entry of `bringChinese` says it in Chinese. */
	bring: readonly string[];
	bringChinese: readonly string[];
	/** Ten characters of Crockford's base 32, printed in two groups of five. */
	code: string;
	/** The exact text of the QR code: a URL, or the ticket code if there is no phone page. */
	link: string;
	/** Every paper after the first has the mark 补打 / REPRINT. */
	reprint: boolean;
	/** Issued while the server could not be reached. */
	offline: boolean;
}
