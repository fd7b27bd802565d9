import type { Store } from "../../ui/store.ts";
import { isUntouched, type Kiosk, type KioskEvent } from "../state/state.ts";

export interface ReloadOnUpgradeDeps {
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

export async function fetchPage(): Promise<string | null> {
	try {
		const answer = await fetch(location.pathname, { cache: "no-store" });
		return answer.ok ? await answer.text() : null;
	} catch {
		return null;
	}
}

/** After an upgrade of the station: takes its new program as soon as nobody stands there. */
export async function keepCurrent({
	store,
	fetchPage,
	program,
	reload,
	now,
	sleep,
}: ReloadOnUpgradeDeps): Promise<void> {
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
