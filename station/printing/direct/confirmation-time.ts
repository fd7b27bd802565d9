/** How many times as long as an ordinary printer a slow one may take. */
const MOST_PATIENCE = 8;

/**
 * How long a ticket waits for its confirmation. A print server takes a ticket at once and passes it on over a slow line:
 * its confirmation comes, but late. Such a printer is given more time with each ticket that it confirmed too late.
 */
export class ConfirmationTime {
	readonly #ordinaryMs: number;
	#patience = 1;
	/** Of the ticket that was given up last. */
	#missedId: string | undefined;

	constructor(ordinaryMs: number) {
		this.#ordinaryMs = ordinaryMs;
	}

	get ms(): number {
		return this.#ordinaryMs * this.#patience;
	}

	/** A connection begins: another printer may be behind it. */
	reset(): void {
		this.#patience = 1;
		this.#missedId = undefined;
	}

	noteMissed(id: string): void {
		this.#missedId = id;
	}

	/** A confirmation for which no ticket waits any more. */
	noteLate(id: string): void {
		if (id !== this.#missedId) return;
		this.#missedId = undefined;
		this.#patience = Math.min(this.#patience * 2, MOST_PATIENCE);
	}
}
