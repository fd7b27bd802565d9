import type { Behaviour, Behaviours } from "./behaviours.ts";
import { automaticStatus, type EpsonState, statusAnswer } from "./epson-status.ts";
import type { Reply } from "./simulator.ts";

/** Within the time that the station waits, and longer than it waits for what never came before. */
const LATE_MS = 1_000;
/** Behaviours with which nothing is reported without a question. */
const SILENT: readonly Behaviour[] = ["no-status", "only-processed", "only-eot-1", "no-eot-3", "no-eot-4"];

/** How an Epson printer answers status questions, with its habits. */
export class EpsonAnswers {
	readonly #behaviours: Behaviours;
	readonly #lateMs: number;
	/** The answer that comes with the next question (`answers-lag`). */
	#held: Uint8Array | undefined;

	constructor(behaviours: Behaviours, lateMs = LATE_MS) {
		this.#behaviours = behaviours;
		this.#lateMs = lateMs;
	}

	/** It reports changes by itself, once it was told to. */
	get reportsByItself(): boolean {
		return !SILENT.some((behaviour) => this.#behaviours.has(behaviour));
	}

	answer(query: number, state: EpsonState, reply: Reply): void {
		if (!this.#answersQuestion(query)) return;
		const answer = statusAnswer(query, state);
		const bytes = Uint8Array.from([
			...(this.#behaviours.has("asb-between") ? automaticStatus(state) : []),
			answer,
			...(this.#behaviours.has("answers-twice") ? [answer] : []),
		]);
		if (this.#behaviours.has("answers-late")) setTimeout(reply, this.#lateMs, bytes).unref();
		else if (this.#behaviours.has("answers-lag")) this.#replyWithLast(bytes, reply);
		else reply(bytes);
	}

	#replyWithLast(bytes: Uint8Array, reply: Reply): void {
		const last = this.#held;
		this.#held = bytes;
		if (last) reply(last);
	}

	#answersQuestion(query: number): boolean {
		if (this.#behaviours.has("no-status") || this.#behaviours.has("only-processed")) return false;
		if (this.#behaviours.has("only-eot-1")) return query === 1;
		return !(this.#behaviours.has("no-eot-3") && query === 3) && !(this.#behaviours.has("no-eot-4") && query === 4);
	}
}
