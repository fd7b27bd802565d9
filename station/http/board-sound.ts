import { SECOND_MS } from "../../lib/time/durations.ts";

/** A board reports every fifteen seconds: after three of them it counts as off. */
const FORGET_AFTER_MS = 45 * SECOND_MS;
/** More than any site has. Anybody on the network can report; the oldest report is forgotten first. */
const MAX_BOARDS = 100;

/** Which boards can be heard. In memory: a board reports again by itself. */
export interface BoardSound {
	report(said: { board: string; audible: boolean }, now: number): void;
	countSilent(now: number): number;
}

/** `changed` is called when a board becomes silent or audible. */
export function createBoardSound(changed: () => void): BoardSound {
	const reports = new Map<string, { audible: boolean; at: number }>();
	return {
		report({ board, audible }, now) {
			const before = reports.get(board);
			// Deleted first, so that the map's order is the order of the reports.
			reports.delete(board);
			reports.set(board, { audible, at: now });
			const oldest = reports.keys().next();
			if (reports.size > MAX_BOARDS && !oldest.done) reports.delete(oldest.value);
			if ((before?.audible ?? true) !== audible) changed();
		},
		countSilent(now) {
			const isOn = ({ at }: { at: number }) => Math.abs(now - at) < FORGET_AFTER_MS;
			return [...reports.values()].filter((report) => isOn(report) && !report.audible).length;
		},
	};
}
