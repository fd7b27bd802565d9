import type { Language } from "../../../protocol/model/language.ts";
import type { PaperName } from "./ticket-content.ts";

/** A slip that sends a visitor to another site: what a driver reads, and what the visitor reads. No ticket: no number, no code of anybody's. */
export interface DirectionsContent {
	language: Language;
	/** The site that prints it. */
	from: PaperName;
	topic: PaperName;
	site: PaperName;
	address: PaperName;
	/** "Open until 17:00", in the visitor's language; empty where nobody knows. */
	hours: string;
	/** The text of the code: a map's own address where the place is known, else name and address in Chinese. */
	map: string;
	/** UTC milliseconds. */
	printedAt: number;
	/** IANA zone of the site that prints it. */
	timezone: string;
}
