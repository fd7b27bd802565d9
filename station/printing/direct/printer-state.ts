import type { PrinterStatus, UnreachableReason } from "../../../protocol/model/print.ts";

const UNREACHABLE: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
export const READY: PrinterStatus = { condition: "ready", paperNearEnd: false };

/** The state of a printer: what it reported itself, and what follows from how it behaves. */
export class PrinterState {
	readonly #ignoresNearEnd: boolean;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	#status: PrinterStatus = UNREACHABLE;
	#reported: PrinterStatus = UNREACHABLE;
	/** It was asked to clear its buffer and did not, although it can. Whatever else it says, it cannot be used. */
	refusedToClear = false;
	/** It says that it is offline, without a cause, and works all the same. */
	isFalselyOffline = false;

	constructor(ignoresNearEnd: boolean) {
		this.#ignoresNearEnd = ignoresNearEnd;
	}

	get status(): PrinterStatus {
		return this.#status;
	}

	get isReady(): boolean {
		return this.#status.condition === "ready";
	}

	/** What the printer itself last reported. */
	get reported(): PrinterStatus {
		return this.#reported;
	}

	/** Calls `listener` at each change. Returns the function that stops it. */
	onChange(listener: (status: PrinterStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	reportUnreachable(reason: UnreachableReason): void {
		this.report({ ...UNREACHABLE, reason });
	}

	report(said: PrinterStatus): void {
		if (said.condition === "ready") this.isFalselyOffline = false;
		const isDisbelieved = this.isFalselyOffline && said.condition === "offline";
		const reported: PrinterStatus = isDisbelieved ? { ...said, condition: "ready" } : said;
		this.#reported = reported;
		const isBlocked = this.refusedToClear && reported.condition === "ready";
		const paperNearEnd = reported.paperNearEnd && !this.#ignoresNearEnd;
		const status: PrinterStatus = { ...reported, paperNearEnd, ...(isBlocked && { condition: "error" }) };
		const before = this.#status;
		if (
			status.condition === before.condition &&
			status.reason === before.reason &&
			paperNearEnd === before.paperNearEnd
		)
			return;
		this.#status = status;
		for (const listener of this.#listeners) listener(status);
	}
}
