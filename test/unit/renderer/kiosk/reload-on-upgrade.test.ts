import { afterEach, expect, test, vi } from "vitest";
import { reloadOnUpgrade } from "../../../../renderer/kiosk/effects/reload-on-upgrade.ts";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk } from "../../../../renderer/kiosk/state/state.ts";
import { createStore } from "../../../../renderer/ui/store.ts";

afterEach(() => {
	vi.useRealTimers();
});

const PROGRAM = "/assets/kiosk-old.js";
const pageWith = (program: string) => `<script type="module" src="${program}"></script>`;

/** A kiosk's page whose station the test answers for. */
function page() {
	vi.useFakeTimers({ now: 1_000_000 });
	const store = createStore(reduceKiosk, initialKiosk(Date.now()));
	const station: { page: string | null } = { page: pageWith(PROGRAM) };
	const reload = vi.fn();
	const parts = {
		store,
		fetchPage: async () => station.page,
		program: PROGRAM,
		reload,
		now: Date.now,
		sleep: (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds)),
	};
	const dispatch = (event: Omit<KioskEvent, "time"> & Record<string, unknown>) =>
		store.dispatch({ ...event, time: Date.now() } as KioskEvent);
	return {
		parts,
		station,
		reload,
		dispatch,
		pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
	};
}

test("the station's new program is taken at the languages screen, and never under somebody's hands", async () => {
	const { parts, station, reload, dispatch, pass } = page();
	void reloadOnUpgrade(parts);
	await pass(300_000);
	expect(reload).not.toHaveBeenCalled();
	station.page = pageWith("/assets/kiosk-new.js");
	dispatch({ type: "language-selected", language: "en", key: "somebody" });
	await pass(300_000);
	dispatch({ type: "languages-requested" });
	await pass(300_000);
	expect(reload).not.toHaveBeenCalled();
	dispatch({ type: "screen-failed" });
	for (let touch = 0; touch < 60; touch += 1) {
		dispatch({ type: "touched" });
		await pass(5_000);
	}
	expect(reload).not.toHaveBeenCalled();
	station.page = null;
	await pass(300_000);
	expect(reload).not.toHaveBeenCalled();
	station.page = pageWith("/assets/kiosk-new.js");
	await pass(60_000);
	expect(reload).toHaveBeenCalledOnce();
});
