const ASKED_AGAIN_AFTER = 1_000;

/** A part of the program that follows after the first screen: one lost request does not lose it, it is asked for until it is here. */
export async function retryUntilLoaded<Part>(fetch: () => Promise<Part>): Promise<Part> {
	for (;;) {
		try {
			return await fetch();
		} catch {
			await new Promise((wake) => setTimeout(wake, ASKED_AGAIN_AFTER));
		}
	}
}
