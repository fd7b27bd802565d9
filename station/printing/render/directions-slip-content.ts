import type { Language } from "../../../protocol/model/language.ts";
import type { PaperName } from "./ticket-content.ts";

/** A slip that sends a visitor to another site, for the visitor and for a driver. Not a ticket: it has no number and no ticket code. */
export interface DirectionsContent {
	language: Language;
	/** The site that prints it. */
	from: PaperName;
	topic: PaperName;
	site: PaperName;
	address: PaperName;
	/** "Open until 17:00", in the visitor's language; empty if unknown. */
	hours: string;
	/** The text of the QR code: a link to a map if the place is known, else name and address in Chinese. */
	map: string;
	/** UTC milliseconds. */
	printedAt: number;
	/** IANA zone of the site that prints it. */
	timezone: string;
}
