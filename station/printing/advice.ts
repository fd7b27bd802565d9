import type { PrinterCondition, PrinterStatus } from "../../protocol/print.ts";

const ADVICE: Readonly<Record<PrinterCondition, string | null>> = {
	ready: null,
	unreachable:
		"The printer does not answer. Check that it is switched on and connected, and that --printer names its address.",
	offline: "The printer is offline. Press its online or feed button.",
	"cover-open": "The printer's cover is open. Close it until it clicks.",
	"paper-out": "The printer has no paper. Put in a new roll.",
	"cutter-error": "The printer's cutter is stuck. Switch it off, take out the paper, and switch it on again.",
	error: "The printer reports a fault. Switch it off and on; if it stays, call IT.",
};

/** What to do about the printer, in one plain sentence; null while all is well. */
export function printerAdvice({ condition, paperNearEnd }: PrinterStatus): string | null {
	if (condition === "ready" && paperNearEnd) return "The paper is almost used up. Have a new roll ready.";
	return ADVICE[condition];
}

/** True when a used-up roll has been replaced. */
export function isNewRoll(before: PrinterStatus, after: PrinterStatus): boolean {
	return before.condition === "paper-out" && after.condition !== "paper-out" && after.condition !== "unreachable";
}
