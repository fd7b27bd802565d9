import type { Answer, PrinterSimulator } from "./simulator.ts";

/** How answers reach the station: as the printer sent them, byte by byte, or with its state in between. */
export type ReplyForm = "whole" | "split" | "mixed";

/** A printer never breaks off telling its state to tell it again: first bytes of Epson's and of Star's automatic status. */
function isState([first = 0]: Uint8Array): boolean {
	return (first & 0x93) === 0x10 || (first & 0xd1) === 0x01;
}

/** Passes a printer's answers on in the form of the moment, always in their order. */
export class GarbledReplies {
	readonly #machine: PrinterSimulator;
	readonly #form: () => ReplyForm;
	readonly #random: () => number;
	readonly #write: Answer;
	#queue: Uint8Array[] = [];
	/** States that the printer was made to tell, while it tells them. */
	#told: Uint8Array[] | undefined;

	/** `random` gives [0,1): before which byte of an answer a state comes. */
	constructor(simulator: PrinterSimulator, form: () => ReplyForm, random: () => number, write: Answer) {
		this.#machine = simulator;
		this.#form = form;
		this.#random = random;
		this.#write = write;
	}

	send(answer: Uint8Array): void {
		if (this.#told) {
			this.#told.push(answer);
			return;
		}
		const pieces = this.#pieces(answer);
		const idle = this.#queue.length === 0;
		this.#queue.push(...pieces);
		if (idle) this.#next();
	}

	#pieces(answer: Uint8Array): Uint8Array[] {
		const form = this.#form();
		if (form === "split") return Array.from(answer, (byte) => Uint8Array.of(byte));
		if (form === "whole" || isState(answer)) return [answer];
		this.#told = [];
		this.#machine.change({});
		const states = this.#told;
		this.#told = undefined;
		const at = Math.floor(this.#random() * (answer.length + 1));
		return [Buffer.concat([answer.subarray(0, at), ...states, answer.subarray(at)])];
	}

	/** Each piece in a turn of its own, so that the station reads them apart. */
	#next(): void {
		const [piece] = this.#queue;
		if (!piece) return;
		this.#write(piece);
		if (this.#queue.length === 1) this.#queue = [];
		else
			setImmediate(() => {
				this.#queue.shift();
				this.#next();
			});
	}
}
