import type { PrintCounter, Reply } from "../dialects/dialect.ts";
import type { Confirmation } from "../printer.ts";

export type PrintedReply = Extract<Reply, { kind: "printed" }>;

/** What the printer is asked to say of a ticket. */
export type TicketProof = "printed" | "processed" | "none";

/** A ticket that is being sent, or waits for its confirmation. What the printer says meanwhile settles it. */
export class TicketInFlight {
	/** Of the requests before and behind the ticket. */
	readonly #ids: { start: string; end: string };
	readonly #counter: PrintCounter | undefined;
	/** What the printer had counted before the ticket. */
	#startCount: number | undefined;
	/** Before the first byte nothing can go wrong with it; while it is written nothing else may be sent. */
	phase: "before" | "writing" | "sent" = "before";
	/** No earlier ticket went over its connection, so none could have made the printer close it. */
	isFirstOfConnection = false;
	/** The printer closed the connection after it, as is its habit. */
	wasCutOff = false;
	proof: TicketProof = "printed";
	readonly #confirmation = Promise.withResolvers<Confirmation>();
	#deadline: NodeJS.Timeout | undefined;

	constructor(ids: { start: string; end: string }, counter: PrintCounter | undefined) {
		this.#ids = ids;
		this.#counter = counter;
	}

	get endId(): string {
		return this.#ids.end;
	}

	get confirmation(): Promise<Confirmation> {
		return this.#confirmation.promise;
	}

	/** What goes before its picture, where the printer counts and is asked to confirm. */
	requestStart(lastCount: number | undefined): Uint8Array | undefined {
		return this.proof === "printed" ? this.#counter?.requestStart(this.#ids.start, lastCount) : undefined;
	}

	isAbout(id: string): boolean {
		return id === this.#ids.start || id === this.#ids.end;
	}

	/** What a reply about it means for the ticket; undefined while its end is not on paper. */
	judge({ id, count }: PrintedReply): Confirmation | undefined {
		if (id === this.#ids.start) {
			this.#startCount = count;
			return undefined;
		}
		const isWhole = !this.#counter || this.#counter.isNext(this.#startCount, count);
		return isWhole ? { kind: "confirmed" } : { kind: "doubtful", reason: "printer-restarted" };
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
