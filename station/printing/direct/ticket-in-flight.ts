import type { Confirmation } from "../printer.ts";

/** A ticket that is being sent, or waits for its confirmation. What the printer says meanwhile settles it. */
export class TicketInFlight {
	readonly id: string;
	/** Before the first byte nothing can go wrong with it; while it is written nothing else may be sent. */
	phase: "before" | "writing" | "sent" = "before";
	/** No earlier ticket went over its connection, so none could have made the printer close it. */
	isFirstOfConnection = false;
	/** The printer closed the connection after it, as is its habit. */
	wasCutOff = false;
	/** What the printer is asked to say of it. */
	proof: "printed" | "processed" | "none" = "printed";
	readonly #confirmation = Promise.withResolvers<Confirmation>();
	#deadline: NodeJS.Timeout | undefined;

	constructor(id: string) {
		this.id = id;
	}

	get confirmation(): Promise<Confirmation> {
		return this.#confirmation.promise;
	}

	/** Calls `onLate` unless the ticket is settled within `ms`. */
	expectConfirmation(ms: number, onLate: () => void): void {
		this.#deadline = setTimeout(onLate, ms);
	}

	settle(confirmation: Confirmation): void {
		clearTimeout(this.#deadline);
		this.#confirmation.resolve(confirmation);
	}
}
