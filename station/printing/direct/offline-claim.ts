import type { PrinterCondition } from "../../../protocol/model/print.ts";
import type { Dialogue } from "./dialogue.ts";

/**
 * True if a printer says that it is offline, without a cause, and works all the same. One that is offline takes no
 * commands but status questions: one that answers `request`, and then still says so, is not. `askAgain`: the state that
 * it then reports.
 */
export async function isFalselyOffline(
	dialogue: Dialogue,
	request: Uint8Array,
	timeoutMs: number,
	askAgain: () => Promise<PrinterCondition>,
): Promise<boolean> {
	return (await dialogue.askProcessed(request, timeoutMs)) && (await askAgain()) === "offline";
}
