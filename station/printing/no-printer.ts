import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { PrintAttempt, Printer } from "./printer.ts";
import type { PrinterSettings } from "./printer-settings.ts";

const NONE_CHOSEN: PrinterStatus = { condition: "unreachable", reason: "none-chosen", paperNearEnd: false };

/** Stands where a printer will be. Tickets wait for it as they wait for one that is switched off. */
export function noPrinter(settings: PrinterSettings): Printer {
	const attempt: PrintAttempt = {
		sendResult: Promise.resolve({ kind: "untouched", reason: "none-chosen" }),
		confirmation: Promise.resolve({ kind: "doubtful", reason: "none-chosen" }),
	};
	return {
		settings,
		proof: null,
		abilities: undefined,
		status: NONE_CHOSEN,
		onStatus: () => () => {},
		check: async () => NONE_CHOSEN,
		print: () => attempt,
		doubt() {},
		async close() {},
	};
}
