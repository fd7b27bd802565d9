/** What the set-up sheet says of the printer that prints it. */
export interface SetupSheetContent {
	/** The model that is set; null if none is. */
	profile: string | null;
	dialect: string;
	widthDots: number;
	hasCutter: boolean;
	/** UTC milliseconds. */
	printedAt: number;
	/** IANA zone of the site. */
	timezone: string;
}
