const LOAD_RETRY_MS = 1_000;

/** Loads a part of the program that follows after the first screen, and retries until it is here. */
export async function retryUntilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
	for (;;) {
		try {
			return await load();
		} catch {
			await new Promise((wake) => setTimeout(wake, LOAD_RETRY_MS));
		}
	}
}

/** Pauses after failed requests to the station. The last one repeats. */
const REQUEST_RETRIES_MS = [300, 500, 1_000, 2_000, 3_000] as const;

/** How long to wait after a failed request, in milliseconds. `failures` counts those before it. */
export function retryDelayMs(failures: number): number {
	return REQUEST_RETRIES_MS[failures] ?? 3_000;
}
