import type { PrinterCondition, PrinterStatus } from "../../../../protocol/model/print.ts";
import type { Reply, ReplyParser } from "../dialect.ts";
import { isFlowControl } from "../flow-control.ts";
import { CLEARED_ID, COUNTER, COUNTER_READ, COUNTER_UPDATE } from "./star-bytes.ts";

/*
 * What a Star printer sends back:
 *   status (ASB), asked or by itself: 7 to 15 bytes, mostly 9 (23 06 ...). The first is 00L0LLL1, where LLLL
 *     is the length; all others have bits 0 and 4 clear (manual).
 *   1b 1d 03 s n1 n2 and two more bytes, the counter and NUL (the manual gives both orders): s = 1 after
 *     the paper, s = 0 at once.
 */

const SHORTEST = 7;
const ANSWER_BYTES = 8;

/** The length of the status that begins with this byte; 0 if none does. */
function statusLength(byte: number): number {
	if ((byte & 0xd1) !== 0x01) return 0;
	const length = ((byte & 0x20) >> 2) | ((byte & 0x0e) >> 1);
	return length < SHORTEST ? 0 : length;
}

const isStatusRest = (byte: number) => (byte & 0x11) === 0;

/** Bytes 3, 4 and 6 of the manual, which counts from 1. */
function statusOf([, , printer = 0, error = 0, , paper = 0]: readonly number[]): PrinterStatus {
	const condition = (): PrinterCondition => {
		if ((printer & 0x20) !== 0) return "cover-open";
		if ((paper & 0x08) !== 0) return "paper-out";
		if ((error & 0x08) !== 0) return "cutter-error";
		// 20: a person cannot put it right; 40: too hot; 04: mechanical.
		if ((error & 0x64) !== 0) return "error";
		return (printer & 0x08) !== 0 ? "offline" : "ready";
	};
	return { condition: condition(), paperNearEnd: (paper & 0x0c) !== 0 };
}

export class StarReplies implements ReplyParser {
	#status: number[] = [];
	#statusLength = 0;
	/** The bytes so far of a reply about the counter. */
	#answer: number[] = [];

	push(bytes: Uint8Array): Reply[] {
		const replies: Reply[] = [];
		const noise: number[] = [];
		for (const byte of bytes) {
			// The counter's own byte may have any value.
			if (isFlowControl(byte) && !this.#isAtCounter) continue;
			const reply = this.#read(byte, noise);
			if (reply) replies.push(reply);
		}
		if (noise.length > 0) replies.push({ kind: "noise", bytes: Uint8Array.from(noise) });
		return replies;
	}

	get #isAtCounter(): boolean {
		return this.#answer.length >= ANSWER_BYTES - 2;
	}

	#read(byte: number, noise: number[]): Reply | undefined {
		if (this.#status.length > 0) {
			if (isStatusRest(byte)) return this.#readStatus(byte);
			// What began as a status did not continue as one.
			noise.push(...this.#status);
			this.#status = [];
		}
		if (!this.#isAtCounter && statusLength(byte) > 0) {
			this.#statusLength = statusLength(byte);
			this.#status = [byte];
			return undefined;
		}
		return this.#readCounter(byte, noise);
	}

	#readStatus(byte: number): Reply | undefined {
		this.#status.push(byte);
		if (this.#status.length < this.#statusLength) return undefined;
		const status = statusOf(this.#status);
		this.#status = [];
		return { kind: "status", status };
	}

	#readCounter(byte: number, noise: number[]): Reply | undefined {
		const place = this.#answer.length;
		const wanted = COUNTER[place];
		if (wanted !== undefined && byte !== wanted) {
			noise.push(...this.#answer);
			this.#answer = [];
			if (byte === COUNTER[0]) this.#answer = [byte];
			else noise.push(byte);
			return undefined;
		}
		this.#answer.push(byte);
		// No id contains an ESC, so what came before it is torn.
		if (byte === COUNTER[0] && place > 0 && place < ANSWER_BYTES - 2) {
			noise.push(...this.#answer.slice(0, -1));
			this.#answer = [byte];
			return undefined;
		}
		if (this.#answer.length < ANSWER_BYTES) return undefined;
		const answer = this.#answer;
		this.#answer = [];
		const [, , , what, first = 0, second = 0, ...tail] = answer;
		const id = String.fromCharCode(first, second);
		if (tail.includes(0)) {
			if (what === COUNTER_UPDATE) return { kind: "printed", id, count: Math.max(...tail) };
			if (what === COUNTER_READ && id === CLEARED_ID) return { kind: "cleared" };
		}
		noise.push(...answer);
		return undefined;
	}
}
