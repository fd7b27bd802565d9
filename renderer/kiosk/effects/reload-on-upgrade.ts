import type { Store } from "../../ui/store.ts";
import type { KioskEvent } from "../state/events.ts";
import { isUntouched, type Kiosk } from "../state/state.ts";

export interface ReloadOnUpgradeDeps {
	store: Store<Kiosk, KioskEvent>;
	/** The page that the station serves now; null where it cannot be fetched. */
	fetchPage(): Promise<string | null>;
	/** The running program's path as the page names it. The path contains the content's hash. */
	program: string;
	reload(): void;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

const CHECK_INTERVAL_MS = 30_000;
/** A visitor who touched the screen a moment ago may be about to select a language. */
const UNTOUCHED_FOR_MS = 10_000;

export async function fetchPage(): Promise<string | null> {
	try {
		const response = await fetch(location.pathname, { cache: "no-store" });
		return response.ok ? await response.text() : null;
	} catch {
		return null;
	}
}

/** After an upgrade of the station, reloads the page as soon as no visitor is at the kiosk. Returns after the reload. */
export async function reloadOnUpgrade({
	store,
	fetchPage,
	program,
	reload,
	now,
	sleep,
}: ReloadOnUpgradeDeps): Promise<void> {
	const isFree = () => {
		const kiosk = store.read();
		return isUntouched(kiosk) && now() - kiosk.touchedAt >= UNTOUCHED_FOR_MS;
	};
	for (;;) {
		await sleep(CHECK_INTERVAL_MS);
		if (!isFree()) continue;
		const page = await fetchPage();
		if (page === null || page.includes(program) || !isFree()) continue;
		return reload();
	}
}
