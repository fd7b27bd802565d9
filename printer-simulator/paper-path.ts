import type { PrintedTicket } from "./simulator.ts";

export interface PaperPathOptions {
	widthDots: number;
	/** Receives each piece of paper. The printer continues when it resolves. */
	deliver(ticket: PrintedTicket): Promise<void>;
	/** The piece could not be delivered. */
	onFailure(reason: string): void;
	/** The piece is out: the printer can take its next command. */
	onDelivered(): void;
}

interface CutPiece {
	rows: Uint8Array[];
	bytes: Uint8Array[];
}

/** The way of the paper through a simulated printer: rows under the head, the cut, the piece that comes out. */
export class PaperPath {
	readonly #options: PaperPathOptions;
	#rows: Uint8Array[] = [];
	/** The commands that made these rows. */
	#bytes: Uint8Array[] = [];
	/** Cut off, but held until its request for confirmation has been read. */
	#cutPiece: CutPiece | undefined;
	#delivering: Promise<void> | undefined;

	constructor(options: PaperPathOptions) {
		this.#options = options;
	}

	get isDelivering(): boolean {
		return this.#delivering !== undefined;
	}

	get holdsCutPiece(): boolean {
		return this.#cutPiece !== undefined;
	}

	/** Keeps the bytes of a command, to be delivered with the piece that they made. */
	recordBytes(bytes: Uint8Array): void {
		this.#bytes.push(bytes);
	}

	forgetBytes(): void {
		this.#bytes = [];
	}

	/** Prints one row: what `dots` leaves open stays white, and what the head does not reach is lost. */
	printRow(dots: Uint8Array = new Uint8Array()): void {
		const row = new Uint8Array(this.#options.widthDots / 8);
		row.set(dots.subarray(0, row.length));
		this.#rows.push(row);
	}

	feedRows(count: number): void {
		for (let row = 0; row < count; row++) this.printRow();
	}

	/** A cut through blank paper makes no piece. */
	cut(): void {
		if (this.#rows.length > 0) this.#cutPiece = { rows: this.#rows, bytes: this.#bytes };
		this.#rows = [];
		this.#bytes = [];
	}

	/** Delivers the piece that was cut off together with the request that came after the cut; `then` when it is out. */
	releaseWithRequest(then: () => void): void {
		this.#cutPiece?.bytes.push(...this.#bytes);
		this.#bytes = [];
		this.release(then);
	}

	/** Delivers the piece that was cut off, if there is one; calls `then` when it is out. */
	release(then?: () => void): void {
		const piece = this.#cutPiece;
		this.#cutPiece = undefined;
		if (!piece) {
			then?.();
			return;
		}
		const { widthDots, deliver, onFailure, onDelivered } = this.#options;
		const bitmap = { width: widthDots, height: piece.rows.length, rows: new Uint8Array(Buffer.concat(piece.rows)) };
		const before = this.#delivering ?? Promise.resolve();
		const delivering = before
			.then(() => deliver({ bitmap, bytes: new Uint8Array(Buffer.concat(piece.bytes)) }))
			.then(then, (error: unknown) => onFailure(`the paper could not be kept: ${String(error)}`))
			.finally(() => {
				if (this.#delivering === delivering) this.#delivering = undefined;
				onDelivered();
			});
		this.#delivering = delivering;
	}

	/** Resolves when every piece that was cut off has been delivered. */
	async settled(): Promise<void> {
		this.release();
		while (this.#delivering) await this.#delivering;
	}
}
