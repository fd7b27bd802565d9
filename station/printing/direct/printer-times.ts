/** How long the station waits for a printer. */
export interface PrinterTimes {
	/** How long an answer to a question may take. */
	answerMs: number;
	/** How long the printer may take none of a ticket's bytes. */
	writeMs: number;
	/** How long the paper may take after that. An 85 mm ticket takes 1 s at 150 mm/s. */
	confirmMs: number;
	/** How long so much paper takes, for printers that say nothing of it. */
	paperMs(millimetres: number): number;
	/** How often an idle connection is used: printers close it after five minutes. */
	heartbeatMs: number;
	/** The first and the longest pause before connecting again. */
	firstReconnectMs: number;
	longestReconnectMs: number;
}

export const PRINTER_TIMES: PrinterTimes = {
	answerMs: 1_500,
	writeMs: 10_000,
	confirmMs: 8_000,
	// 100 mm/s, and half a second for the cut.
	paperMs: (millimetres) => (millimetres / 100) * 1_000 + 500,
	heartbeatMs: 60_000,
	firstReconnectMs: 250,
	longestReconnectMs: 10_000,
};
