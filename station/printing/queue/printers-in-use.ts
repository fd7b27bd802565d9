import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Printer } from "../printer.ts";
import type { Rendering } from "../render/start-rendering.ts";
import { JobRenderer } from "./job-renderer.ts";

/** A printer, and what renders for its paper. */
export interface TicketPrinter {
	printer: Printer;
	rendering: Pick<Rendering, "render">;
}

/** A printer as the queue uses it. */
export interface QueuePrinter {
	readonly printer: Printer;
	readonly renderer: JobRenderer;
	readonly isStandby: boolean;
}

/** The printer of a queue, and the one that takes its tickets while it cannot print. */
export class PrintersInUse {
	readonly #first: QueuePrinter;
	readonly #standby: QueuePrinter | undefined;
	/** A printer that was just connected has not answered yet: that alone brings no ticket to the stand-by. */
	#isFirstKnown = false;
	readonly #onFirstKnown = new Set<() => void>();

	/** Since when the stand-by prints; undefined while it does not. */
	#since: number | undefined;
	readonly #clock: () => number;

	constructor(first: TicketPrinter, standby: TicketPrinter | undefined, clock: () => number) {
		this.#clock = clock;
		this.#first = { printer: first.printer, renderer: new JobRenderer(first.rendering), isStandby: false };
		this.#standby = standby && {
			printer: standby.printer,
			renderer: new JobRenderer(standby.rendering),
			isStandby: true,
		};
		first.printer.onStatus(() => {
			this.#isFirstKnown = true;
		});
	}

	get #all(): QueuePrinter[] {
		return this.#standby ? [this.#first, this.#standby] : [this.#first];
	}

	/** The state of the printer that prints; if that is the stand-by, with what keeps the first one. */
	get status(): PrinterStatus {
		const first = this.#first.printer.status;
		const standby = this.#standby?.printer.status;
		if (first.condition === "ready") this.#since = undefined;
		if (first.condition === "ready" || standby?.condition !== "ready" || !this.#isFirstKnown) return first;
		this.#since ??= this.#clock();
		const { condition, reason } = first;
		return { ...standby, insteadOf: { condition, ...(reason && { reason }), since: this.#since } };
	}

	/** Calls `listener` after each change of `status`. Returns the function that stops it. */
	onStatus(listener: (status: PrinterStatus) => void): () => void {
		let last = JSON.stringify(this.status);
		const compare = () => {
			const { status } = this;
			if (JSON.stringify(status) === last) return;
			last = JSON.stringify(status);
			listener(status);
		};
		const stops = this.#all.map(({ printer }) => printer.onStatus(compare));
		this.#onFirstKnown.add(compare);
		return () => {
			for (const stop of stops) stop();
			this.#onFirstKnown.delete(compare);
		};
	}

	/** In the order in which a ticket tries them. A first printer that is known to be out of use costs no time. */
	async inOrder(): Promise<QueuePrinter[]> {
		const { printer } = this.#first;
		if (!this.#standby) return [this.#first];
		if (!this.#isFirstKnown) {
			await printer.check();
			this.#isFirstKnown = true;
			// One that was never reached has not changed its state.
			for (const compare of this.#onFirstKnown) compare();
		}
		if (printer.status.condition === "ready") return [this.#first, this.#standby];
		// It may have been put right without saying so.
		void printer.check();
		return [this.#standby, this.#first];
	}

	/** The other printer, if this one has stopped and the other one is ready. */
	async findReplacement({ printer, isStandby }: QueuePrinter): Promise<QueuePrinter | undefined> {
		const other = isStandby ? this.#first : this.#standby;
		if (!other || (await printer.check()).condition === "ready") return undefined;
		return (await other.printer.check()).condition === "ready" ? other : undefined;
	}

	/** One of them may hold part of a ticket; which one is not known. */
	doubt(): void {
		for (const { printer } of this.#all) printer.doubt();
	}
}
