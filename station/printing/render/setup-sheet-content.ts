import type { Resolution } from "../resolution.ts";

/** What the set-up sheet says of the printer that prints it. */
export interface SetupSheetContent {
	/** The model that is set; null if none is. */
	profile: string | null;
	dialect: string;
	widthDots: number;
	dpi: Resolution;
	hasCutter: boolean;
	/** UTC milliseconds. */
	printedAt: number;
	/** IANA zone of the site. */
	timezone: string;
}
