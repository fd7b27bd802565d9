import type { Language } from "../../../protocol/model/language.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";

/** A name in the visitor's language, and in Chinese for staff and family. */
export interface PaperName {
	name: string;
	nameChinese: string;
}

/**
 * Everything that one ticket's paper says, and nothing else: plain data, so that it can be
 * posted to the drawing worker. What a missed call means comes from the language's own file.
 */
export interface TicketContent {
	/** A letter and three digits or more, as every screen shows it. */
	number: string;
	language: Language;
	site: PaperName;
	topic: PaperName;
	/** People before this one when the ticket was issued; a reprint says the same. */
	ahead: number;
	/** Whole minutes; null where nobody can tell. */
	wait: Wait | null;
	/** UTC milliseconds. */
	issuedAt: number;
	/** IANA zone of the site: the paper shows its wall clock. */
	timezone: string;
	partySize: number;
	/** What to bring, in the visitor's language; the same entry of `bringChinese` says it in Chinese. */
	bring: readonly string[];
	bringChinese: readonly string[];
	/** Ten characters of Crockford's base 32, printed in two groups of five. */
	code: string;
	/** The exact text of the QR: an address, or the code where there is no phone page. */
	link: string;
	/** Any paper after the first bears the mark 补打 / REPRINT. */
	reprint: boolean;
	/** Issued while the server could not be reached. */
	offline: boolean;
}
