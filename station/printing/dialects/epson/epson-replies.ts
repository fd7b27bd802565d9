import type { PrinterCondition, PrinterStatus } from "../../../../protocol/model/print.ts";
import type { Reply, ReplyParser } from "../dialect.ts";

/*
 * What an Epson printer sends back. Fixed bits tell the forms apart:
 *   0xx1xx10            answer to DLE EOT n
 *   0xx1xx00 + 3 bytes  automatic status; the three have bits 4 and 7 clear
 *   37 22 id*4 00       everything before this id is printed
 *   37 25 00            the buffer is cleared
 * Ids have bits 0 and 4 set (see epson.ts), so a status in the middle of one can be recognized.
 */

const isAnswer = (byte: number) => (byte & 0x93) === 0x12;
const isAutomatic = (byte: number) => (byte & 0x93) === 0x10;
const isAutomaticRest = (byte: number) => (byte & 0x90) === 0;

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

function statusOfAnswers([printer = 0, offline = 0, error = 0, paper = 0]: readonly number[]): PrinterStatus {
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
	/** Questions without an answer yet. Each gets four answers. */
	#openQuestions = 0;
	#answers: number[] = [];
	#automatic: number[] = [];
	/** The bytes of a block after its first one; undefined outside of a block. */
	#block: number[] | undefined;

	expectStatus(): void {
		this.#openQuestions += 1;
	}

	push(bytes: Uint8Array): Reply[] {
		const replies: Reply[] = [];
		const noise: number[] = [];
		for (const byte of bytes) {
			const reply = this.#read(byte);
			if (reply === "noise") noise.push(byte);
			else if (reply) replies.push(reply);
		}
		if (noise.length > 0) replies.push({ kind: "noise", bytes: Uint8Array.from(noise) });
		return replies;
	}

	#read(byte: number): Reply | "noise" | undefined {
		if (isAnswer(byte)) return this.#readAnswer(byte);
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

	#readAnswer(byte: number): Reply | "noise" | undefined {
		if (this.#openQuestions === 0) return "noise";
		this.#answers.push(byte);
		if (this.#answers.length < 4) return undefined;
		const status = statusOfAnswers(this.#answers);
		this.#answers = [];
		this.#openQuestions -= 1;
		return { kind: "status", status, answer: true };
	}

	#readAutomatic(byte: number): Reply | undefined {
		this.#automatic.push(byte);
		if (this.#automatic.length < 4) return undefined;
		const status = statusOfAutomatic(this.#automatic);
		this.#automatic = [];
		return { kind: "status", status, answer: false };
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
