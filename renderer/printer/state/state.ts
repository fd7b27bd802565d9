import type { PrinterSnapshot } from "../../../protocol/api/printer-simulator.ts";
import type { PrinterMessageKey } from "../messages/messages.ts";

export interface PrinterState {
	link: "connecting" | "open" | "lost";
	/** Null before the first message. */
	snapshot: PrinterSnapshot | null;
	/** Why the last change of a control failed, in the printer's own words. */
	failure: string | null;
}

export type PrinterEvent =
	| { type: "snapshot"; snapshot: PrinterSnapshot }
	| { type: "lost" }
	| { type: "change-done" }
	| { type: "change-failed"; reason: string };

export const FIRST_STATE: PrinterState = { link: "connecting", snapshot: null, failure: null };

export function reducePrinter(state: PrinterState, event: PrinterEvent): PrinterState {
	switch (event.type) {
		case "snapshot":
			return { ...state, link: "open", snapshot: event.snapshot };
		case "lost":
			return { ...state, link: "lost" };
		case "change-done":
			return { ...state, failure: null };
		case "change-failed":
			return { ...state, failure: event.reason };
	}
}

export interface Status {
	message: PrinterMessageKey;
	level: "ok" | "warning" | "stopped";
}

/** The printer's state in one line: what stops it from printing comes first. */
export function statusOf({ link, snapshot }: PrinterState): Status {
	if (link === "lost") return { message: "status.lost", level: "stopped" };
	if (snapshot === null) return { message: "status.connecting", level: "warning" };
	const { power, cover, paper, cutter } = snapshot.parts;
	if (power === "off") return { message: "status.off", level: "stopped" };
	if (cover === "open") return { message: "status.cover", level: "stopped" };
	if (paper === "out") return { message: "status.paper", level: "stopped" };
	if (cutter === "jammed") return { message: "status.cutter", level: "stopped" };
	if (snapshot.refused.length > 0) return { message: "status.refused", level: "stopped" };
	if (paper === "near-end") return { message: "status.near-end", level: "warning" };
	return { message: "status.ready", level: "ok" };
}
