import type { PrinterSimulator, Reply } from "./simulator.ts";

/** How replies reach the station: as the printer sent them, byte by byte, or with a status report in between. */
export type ReplyForm = "whole" | "split" | "mixed";

/** True for the first byte of Epson's or Star's automatic status: a printer never interrupts one report with another. */
function isStatusReport([first = 0]: Uint8Array): boolean {
	return (first & 0x93) === 0x10 || (first & 0xd1) === 0x01;
}

/** Passes a printer's replies on in the form that applies at the moment, always in order. */
export class GarbledReplies {
	readonly #simulator: PrinterSimulator;
	readonly #form: () => ReplyForm;
	readonly #random: () => number;
	readonly #write: Reply;
	#queue: Uint8Array[] = [];
	/** The reports that the printer was made to send, while it sends them. */
	#provokedReports: Uint8Array[] | undefined;

	/** `random` returns [0,1) and decides before which byte of a reply a report comes. */
	constructor(simulator: PrinterSimulator, form: () => ReplyForm, random: () => number, write: Reply) {
		this.#simulator = simulator;
		this.#form = form;
		this.#random = random;
		this.#write = write;
	}

	send(reply: Uint8Array): void {
		if (this.#provokedReports) {
			this.#provokedReports.push(reply);
			return;
		}
		const pieces = this.#split(reply);
		const isIdle = this.#queue.length === 0;
		this.#queue.push(...pieces);
		if (isIdle) this.#sendNext();
	}

	#split(reply: Uint8Array): Uint8Array[] {
		const form = this.#form();
		if (form === "split") return Array.from(reply, (byte) => Uint8Array.of(byte));
		if (form === "whole" || isStatusReport(reply)) return [reply];
		this.#provokedReports = [];
		this.#simulator.change({});
		const reports = this.#provokedReports;
		this.#provokedReports = undefined;
		const at = Math.floor(this.#random() * (reply.length + 1));
		return [Buffer.concat([reply.subarray(0, at), ...reports, reply.subarray(at)])];
	}

	/** Sends each piece in its own turn of the event loop, so that the station reads them one by one. */
	#sendNext(): void {
		const [piece] = this.#queue;
		if (!piece) return;
		this.#write(piece);
		if (this.#queue.length === 1) this.#queue = [];
		else
			setImmediate(() => {
				this.#queue.shift();
				this.#sendNext();
			});
	}
}
