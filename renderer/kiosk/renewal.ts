import type { Store } from "../ui/store.ts";
import { isUntouched, type Kiosk, type KioskEvent } from "./visit.ts";

/* Loading the page anew: never before the station can give it, and never under somebody's hands. */

export interface RenewalParts {
	store: Store<Kiosk, KioskEvent>;
	/** The page as the station gives it now; null where it does not. */
	fetchPage(): Promise<string | null>;
	/** The page's own program, as the page names it. The name holds its content's hash. */
	program: string;
	reload(): void;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

const LOOKS_EVERY = 30_000;
/** Somebody who touched the screen a moment ago may be about to choose. */
const NOBODY_AFTER = 10_000;
/** A page that breaks at once must not be loaded many times a second. */
const BEGINS_AGAIN_AFTER = 5_000;
const ASKED_EVERY = 2_000;

/** After an upgrade of the station: takes its new program as soon as nobody stands there. */
export async function keepCurrent({ store, fetchPage, program, reload, now, sleep }: RenewalParts): Promise<void> {
	const isFree = () => {
		const kiosk = store.read();
		return isUntouched(kiosk) && now() - kiosk.touchedAt >= NOBODY_AFTER;
	};
	for (;;) {
		await sleep(LOOKS_EVERY);
		if (!isFree()) continue;
		const page = await fetchPage();
		if (page === null || page.includes(program) || !isFree()) continue;
		return reload();
	}
}

/** When nothing can be drawn any more. A browser that loads a page from a dead station shows its own error for ever. */
export async function beginAgain({
	fetchPage,
	reload,
	sleep,
}: Pick<RenewalParts, "fetchPage" | "reload" | "sleep">): Promise<void> {
	await sleep(BEGINS_AGAIN_AFTER);
	while ((await fetchPage()) === null) await sleep(ASKED_EVERY);
	reload();
}
