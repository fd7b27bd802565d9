import { setTimeout as pause } from "node:timers/promises";

const MAX_TRIES = 5;
/** The longest pause before the second try; it doubles before each further one. */
const FIRST_PAUSE_MS = 20;

/**
 * PostgreSQL undid the work or never began it: a transaction that must be repeated (40001, which the distributed engines
 * give for every conflict; 40P01), no resources left (53), or no connection.
 */
const UNDONE = /^(40001|40P01|53...|57P03|08001|08004|ECONNREFUSED)$/;
/** The connection broke: whether the server did what was sent is unknown. */
const BROKEN = /^(40003|08...|57P0[12]|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** pg's own messages for it, which have no code. */
const BROKEN_MESSAGES = /^(Connection terminated|Client has encountered a connection error)/;

/**
 * Whether an error of the database passes: "undone" by repeating whatever it was, "broken" by repeating what may be done
 * twice, "permanent" not at all.
 */
export type Transience = "undone" | "broken" | "permanent";

export function transienceOf(error: unknown): Transience {
	const code = codeOf(error) ?? "";
	if (UNDONE.test(code)) return "undone";
	return BROKEN.test(code) || BROKEN_MESSAGES.test(innermostMessage(error)) ? "broken" : "permanent";
}

/** Repeats work that met a transient error, a few times. The pauses are random, so that two that collided do not collide again. */
export async function retryTransient<T>(work: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await work();
		} catch (error) {
			if (attempt === MAX_TRIES || !mayRepeat(error)) throw error;
			await pause(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
		}
	}
}

/** The code of an error or of its causes: drizzle wraps the driver's error. */
export function codeOf(error: unknown): string | undefined {
	for (let current = error; current instanceof Error; current = current.cause) {
		if ("code" in current && typeof current.code === "string") return current.code;
	}
	return undefined;
}

function innermostMessage(error: unknown): string {
	let current = error;
	while (current instanceof Error && current.cause instanceof Error) current = current.cause;
	return current instanceof Error ? current.message : "";
}
