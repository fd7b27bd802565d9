import type { Behaviours } from "./behaviours.ts";
import type { Reply, SimulatorState } from "./simulator.ts";

/** The state of the parts, and whether the printer stopped at a command that it could not take. */
export interface StarState extends SimulatorState {
	hasFailed: boolean;
}

export function isOffline({ paper, coverOpen, cutterJammed, hasFailed }: StarState): boolean {
	return paper === "out" || coverOpen || cutterJammed || hasFailed;
}

/** How a Star printer reports its state, asked and by itself, with its habits. */
export class StarAnswers {
	readonly #behaviours: Behaviours;
	/** The answer that comes with the next question (`answers-lag`). */
	#held: Uint8Array | undefined;

	constructor(behaviours: Behaviours) {
		this.#behaviours = behaviours;
	}

	answer(state: StarState, reply: Reply): void {
		if (this.#behaviours.has("no-status")) return;
		const now = this.#status(state);
		const answer = this.#behaviours.has("answers-lag") ? this.#held : now;
		this.#held = now;
		if (answer) reply(answer);
	}

	report(state: StarState, send: (bytes: Uint8Array) => void): void {
		if (!this.#behaviours.has("no-status")) send(this.#status(state));
	}

	/** Nine bytes; the counts in the last two are of no use to us. */
	#status(state: StarState): Uint8Array {
		const { paper, coverOpen, cutterJammed, hasFailed } = state;
		const flag = (isSet: boolean, bits: number): number => (isSet ? bits : 0);
		const printer = flag(isOffline(state) || this.#behaviours.has("says-offline"), 0x08) | flag(coverOpen, 0x20);
		const error = flag(cutterJammed, 0x08) | flag(hasFailed, 0x20);
		const roll = flag(paper !== "full" || this.#behaviours.has("near-end-stuck"), 0x04) | flag(paper === "out", 0x08);
		return Uint8Array.of(0x23, 0x06, printer, error, 0, roll, 0, 0, 0);
	}
}
