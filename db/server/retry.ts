import { setTimeout as pause } from "node:timers/promises";

/** Tries at most, and the longest pause before the second of them in milliseconds; doubled before each further one. */
const TRIES = 5;
const FIRST_PAUSE = 20;

/**
 * PostgreSQL undid it, or never began it: a transaction that must be repeated (40001, as the distributed engines say it
 * for every conflict; 40P01), nothing left to do it with (53), or no connection was had at all.
 */
const UNDONE = /^(40001|40P01|53...|57P03|08001|08004|ECONNREFUSED)$/;
/** The connection broke: whether the server did what was on its way, nobody knows. */
const BROKEN = /^(40003|08...|57P0[12]|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** pg's own words for it, which bear no code. */
const BROKEN_MESSAGES = /^(Connection terminated|Client has encountered a connection error)/;

/** How far a fault of the database passes: by another try of whatever it was, of what may be done twice, or not. */
export type Transience = "undone" | "broken" | "stays";

export function transienceOf(error: unknown): Transience {
	const code = codeOf(error) ?? "";
	if (UNDONE.test(code)) return "undone";
	return BROKEN.test(code) || BROKEN_MESSAGES.test(innermost(error)) ? "broken" : "stays";
}

/** Does work again that met a passing fault, a few times, after pauses with full jitter: who collided once parts then. */
export async function again<T>(work: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> {
	for (let turn = 1; ; turn += 1) {
		try {
			return await work();
		} catch (error) {
			if (turn === TRIES || !mayRepeat(error)) throw error;
			await pause(Math.random() * FIRST_PAUSE * 2 ** (turn - 1));
		}
	}
}

/** drizzle wraps the driver's fault: the code is on its cause. */
export function codeOf(error: unknown): string | undefined {
	for (let current = error; current instanceof Error; current = current.cause) {
		if ("code" in current && typeof current.code === "string") return current.code;
	}
	return undefined;
}

function innermost(error: unknown): string {
	let current = error;
	while (current instanceof Error && current.cause instanceof Error) current = current.cause;
	return current instanceof Error ? current.message : "";
}
