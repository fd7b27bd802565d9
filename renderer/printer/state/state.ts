import type { PrinterPicture } from "../../../protocol/api/printer-simulator.ts";
import type { PrinterMessageKey } from "../messages/messages.ts";

export interface PrinterState {
	link: "finding" | "open" | "lost";
	/** Null until the first one came. */
	picture: PrinterPicture | null;
	/** Why the last act of a hand did not succeed, in the printer's words. */
	failure: string | null;
}

export type PrinterEvent =
	| { type: "picture"; picture: PrinterPicture }
	| { type: "lost" }
	| { type: "acted" }
	| { type: "failed"; reason: string };

export const FIRST_STATE: PrinterState = { link: "finding", picture: null, failure: null };

export function reducePrinter(state: PrinterState, event: PrinterEvent): PrinterState {
	switch (event.type) {
		case "picture":
			return { ...state, link: "open", picture: event.picture };
		case "lost":
			return { ...state, link: "lost" };
		case "acted":
			return { ...state, failure: null };
		case "failed":
			return { ...state, failure: event.reason };
	}
}

export interface Status {
	word: PrinterMessageKey;
	mood: "well" | "warning" | "stopped";
}

/** The one thing to say of the printer: what keeps it from printing comes first. */
export function statusOf({ link, picture }: PrinterState): Status {
	if (link === "lost") return { word: "status.lost", mood: "stopped" };
	if (picture === null) return { word: "status.finding", mood: "warning" };
	const { power, cover, paper, cutter } = picture.parts;
	if (power === "off") return { word: "status.off", mood: "stopped" };
	if (cover === "open") return { word: "status.cover", mood: "stopped" };
	if (paper === "out") return { word: "status.paper", mood: "stopped" };
	if (cutter === "jammed") return { word: "status.cutter", mood: "stopped" };
	if (picture.refused.length > 0) return { word: "status.refused", mood: "stopped" };
	if (paper === "near-end") return { word: "status.near-end", mood: "warning" };
	return { word: "status.ready", mood: "well" };
}
