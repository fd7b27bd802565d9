import type { PrinterCondition, PrinterStatus } from "../../../../protocol/model/print.ts";
import type { Reply, ReplyParser } from "../dialect.ts";

/*
 * What an Epson printer sends back, told apart by fixed bits:
 *   0xx1xx10            answer to DLE EOT n
 *   0xx1xx00 + 3 bytes  automatic status; the three have bits 4 and 7 clear
 *   37 22 id*4 00       everything before this id is printed
 *   37 25 00            the buffer is cleared
 * Ids have bits 0 and 4 set (see epson.ts), so that a status in the middle of one is seen.
 */

const isAnswer = (byte: number) => (byte & 0x93) === 0x12;
const isAutomatic = (byte: number) => (byte & 0x93) === 0x10;
const isAutomaticRest = (byte: number) => (byte & 0x90) === 0;

const BLOCK = 0x37;
const PRINTED = 0x22;
const CLEARED = 0x25;
const ID_LENGTH = 4;

/** Faults as both kinds of status tell them. */
interface Errors {
	offline: boolean;
	cover: boolean;
	paperEnd: boolean;
	cutter: boolean;
	error: boolean;
	nearEnd: boolean;
}

/** The fault that a person must mend first. */
function statusOf(faults: Errors): PrinterStatus {
	const condition = (): PrinterCondition => {
		if (faults.cover) return "cover-open";
		if (faults.paperEnd) return "paper-out";
		if (faults.cutter) return "cutter-error";
		if (faults.error) return "error";
		return faults.offline ? "offline" : "ready";
	};
	return { condition: condition(), paperNearEnd: faults.nearEnd };
}

function statusOfAnswers([printer = 0, offline = 0, error = 0, paper = 0]: readonly number[]): PrinterStatus {
	return statusOf({
		offline: (printer & 0x08) !== 0,
		cover: (offline & 0x04) !== 0,
		// 0x20 of the second says "printing stopped because the paper ended".
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
	/** Questions that are still to be answered, four answers each. */
	#expected = 0;
	#answers: number[] = [];
	#automatic: number[] = [];
	/** A block after its first byte; undefined outside of one. */
	#block: number[] | undefined;

	expectStatus(): void {
		this.#expected += 1;
	}

	push(bytes: Uint8Array): Reply[] {
		const replies: Reply[] = [];
		const noise: number[] = [];
		for (const byte of bytes) {
			const reply = this.#take(byte);
			if (reply === "noise") noise.push(byte);
			else if (reply) replies.push(reply);
		}
		if (noise.length > 0) replies.push({ kind: "noise", bytes: Uint8Array.from(noise) });
		return replies;
	}

	#take(byte: number): Reply | "noise" | undefined {
		if (isAnswer(byte)) return this.#takeAnswer(byte);
		if (this.#automatic.length > 0 && isAutomaticRest(byte)) return this.#takeAutomatic(byte);
		if (isAutomatic(byte)) {
			this.#automatic = [byte];
			return undefined;
		}
		// What began as an automatic status did not go on as one: its bytes are lost.
		this.#automatic = [];
		if (byte === BLOCK) {
			this.#block = [];
			return undefined;
		}
		return this.#takeBlock(byte);
	}

	#takeAnswer(byte: number): Reply | "noise" | undefined {
		if (this.#expected === 0) return "noise";
		this.#answers.push(byte);
		if (this.#answers.length < 4) return undefined;
		const status = statusOfAnswers(this.#answers);
		this.#answers = [];
		this.#expected -= 1;
		return { kind: "status", status, answer: true };
	}

	#takeAutomatic(byte: number): Reply | undefined {
		this.#automatic.push(byte);
		if (this.#automatic.length < 4) return undefined;
		const status = statusOfAutomatic(this.#automatic);
		this.#automatic = [];
		return { kind: "status", status, answer: false };
	}

	#takeBlock(byte: number): Reply | "noise" | undefined {
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
