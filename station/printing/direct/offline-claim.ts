import type { PrinterCondition } from "../../../protocol/model/print.ts";
import type { Dialogue } from "./dialogue.ts";

/** A printer's word that it is offline, without a cause. Some say so always, and work. */
export class OfflineClaim {
	#isProbed = false;

	/** A connection begins: another printer may be behind it. */
	begin(): void {
		this.#isProbed = false;
	}

	/**
	 * A printer that is offline takes no commands but status questions: one that answers `request`, and then still says
	 * so, is not. Asked once a connection. `askAgain`: the state that it then reports.
	 */
	async isFalse(
		dialogue: Dialogue,
		request: Uint8Array,
		timeoutMs: number,
		askAgain: () => Promise<PrinterCondition>,
	): Promise<boolean> {
		if (this.#isProbed) return false;
		this.#isProbed = true;
		return (await dialogue.askProcessed(request, timeoutMs)) && (await askAgain()) === "offline";
	}
}
