import type { PrinterCondition, PrinterStatus } from "../../../../protocol/model/print.ts";
import type { Reply, ReplyParser } from "../dialect.ts";
import { isFlowControl } from "../flow-control.ts";

/*
 * What an Epson printer sends back. Fixed bits tell the forms apart:
 *   0xx1xx10            answer to DLE EOT n
 *   0xx1xx00 + 3 bytes  automatic status; the three have bits 4 and 7 clear
 *   37 22 id*4 00       everything before this id is printed
 *   37 25 00            the buffer is cleared
 *   0xx0xxxx            answer to GS r 1, the paper sensors, where none of the others can be
 * Ids have bits 0 and 4 set (see epson.ts), so a status in the middle of one can be recognized.
 */

const isAnswer = (byte: number) => (byte & 0x93) === 0x12;
const isAutomatic = (byte: number) => (byte & 0x93) === 0x10;
const isAutomaticRest = (byte: number) => (byte & 0x90) === 0;

/** Bits 0 and 1 (near its end) and bits 2 and 3 (at its end) are pairs; bits 4 and 7 are clear. */
function isPaperSensor(byte: number): boolean {
	const isPair = (bits: number) => (byte & bits) === 0 || (byte & bits) === bits;
	return (byte & 0x90) === 0 && isPair(0x03) && isPair(0x0c);
}

const BLOCK = 0x37;
const PRINTED = 0x22;
const CLEARED = 0x25;
const ID_LENGTH = 4;

/** What both forms of status report. */
interface ReportedErrors {
	offline: boolean;
	cover: boolean;
	paperEnd: boolean;
	cutter: boolean;
	error: boolean;
	nearEnd: boolean;
}

/** The condition is what a person must put right first. */
function statusOf(errors: ReportedErrors): PrinterStatus {
	const condition = (): PrinterCondition => {
		if (errors.cover) return "cover-open";
		if (errors.paperEnd) return "paper-out";
		if (errors.cutter) return "cutter-error";
		if (errors.error) return "error";
		return errors.offline ? "offline" : "ready";
	};
	return { condition: condition(), paperNearEnd: errors.nearEnd };
}

/** The state by the answers to DLE EOT 1 to 4. A printer may not answer all four: what is unknown counts as well. */
export function statusOfAnswers(answers: ReadonlyMap<number, number>): PrinterStatus {
	const [printer = 0, offline = 0, error = 0, paper = 0] = [0, 1, 2, 3].map((question) => answers.get(question));
	return statusOf({
		offline: (printer & 0x08) !== 0,
		cover: (offline & 0x04) !== 0,
		// Bit 0x20 of the second answer: printing stopped because the paper ended.
		paperEnd: (paper & 0x60) !== 0 || (offline & 0x20) !== 0,
		cutter: (error & 0x08) !== 0,
		error: (offline & 0x40) !== 0 || (error & 0x60) !== 0,
		nearEnd: (paper & 0x0c) !== 0,
	});
}

function statusOfAutomatic([first = 0, second = 0, third = 0]: readonly number[]): PrinterStatus {
	return statusOf({
		offline: (first & 0x08) !== 0,
		cover: (first & 0x20) !== 0,
		paperEnd: (third & 0x0c) !== 0,
		cutter: (second & 0x08) !== 0,
		error: (second & 0x60) !== 0,
		nearEnd: (third & 0x03) !== 0,
	});
}

export class EpsonReplies implements ReplyParser {
	#automatic: number[] = [];
	/** The bytes of a block after its first one; undefined outside of a block. */
	#block: number[] | undefined;

	push(bytes: Uint8Array): Reply[] {
		const replies: Reply[] = [];
		const noise: number[] = [];
		for (const byte of bytes) {
			if (isFlowControl(byte)) continue;
			const reply = this.#read(byte);
			if (reply === "noise" && isPaperSensor(byte)) replies.push({ kind: "processed" });
			else if (reply === "noise") noise.push(byte);
			else if (reply) replies.push(reply);
		}
		if (noise.length > 0) replies.push({ kind: "noise", bytes: Uint8Array.from(noise) });
		return replies;
	}

	#read(byte: number): Reply | "noise" | undefined {
		if (isAnswer(byte)) return { kind: "answer", byte };
		if (this.#automatic.length > 0 && isAutomaticRest(byte)) return this.#readAutomatic(byte);
		if (isAutomatic(byte)) {
			this.#automatic = [byte];
			return undefined;
		}
		// What began as an automatic status did not continue as one: its bytes are lost.
		this.#automatic = [];
		if (byte === BLOCK) {
			this.#block = [];
			return undefined;
		}
		return this.#readBlock(byte);
	}

	#readAutomatic(byte: number): Reply | undefined {
		this.#automatic.push(byte);
		if (this.#automatic.length < 4) return undefined;
		const status = statusOfAutomatic(this.#automatic);
		this.#automatic = [];
		return { kind: "status", status };
	}

	#readBlock(byte: number): Reply | "noise" | undefined {
		const block = this.#block;
		if (!block) return "noise";
		if (byte !== 0) {
			block.push(byte);
			if (block.length <= 1 + ID_LENGTH) return undefined;
			this.#block = undefined;
			return "noise";
		}
		this.#block = undefined;
		const [kind, ...id] = block;
		if (kind === PRINTED && id.length === ID_LENGTH) {
			return { kind: "printed", id: String.fromCharCode(...id) };
		}
		if (kind === CLEARED && id.length === 0) return { kind: "cleared" };
		return "noise";
	}
}
