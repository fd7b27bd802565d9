import type { Language } from "../../../protocol/model/language.ts";
import type { PaperName } from "./ticket-content.ts";

/** What to bring, to take home. Not a ticket: it has no number, and says so. */
export interface ChecklistSlip {
	language: Language;
	/** The site that prints it. */
	site: PaperName;
	topics: readonly (PaperName & {
		facts: readonly { label: string; lines: readonly string[] }[];
		warnings: readonly string[];
	})[];
	bring: string;
	documents: readonly (PaperName & { detail: string })[];
	/** Below the documents: that an answer is open, or that nothing is needed. */
	notes: readonly string[];
	advice: string;
	notTicket: string;
	/** "Checked on 30 November 2026". */
	checked: string;
	/** The official page, as a code. */
	page: { label: string; url: string } | null;
	/** UTC milliseconds. */
	printedAt: number;
	/** IANA zone of the site that prints it. */
	timezone: string;
}
