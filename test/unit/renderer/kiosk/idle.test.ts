import { describe, expect, test } from "vitest";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import {
	IDLE_AFTER,
	type KioskEvent,
	MODES,
	REFUSAL_SHOWN_FOR,
	TICKET_SHOWN_FOR,
	USUAL_MODES,
	WARNING_LASTS,
} from "../../../../renderer/kiosk/state/state.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";
import { CHOOSE, ISSUED, READY, run, TICK, TOPICS, type Untimed } from "./kiosk-states.ts";

describe("an idle visit", () => {
	test("is warned, counted down, and can be kept by one tap", () => {
		const warned = run(CHOOSE, READY, IDLE_AFTER, TICK);
		expect(warned.kiosk.overlay).toMatchObject({ kind: "idle", seconds: WARNING_LASTS / 1000 });
		const later = reduceKiosk(warned.kiosk, { type: "ticked", time: warned.time + 5_500 });
		expect(later.overlay).toMatchObject({ kind: "idle", seconds: 15 });
		const kept = reduceKiosk(later, { type: "stayed", time: warned.time + 6_000 });
		expect([kept.overlay.kind, kept.visit.at]).toEqual(["none", "topics"]);
		expect(reduceKiosk(kept, { type: "ticked", time: warned.time + 6_000 + IDLE_AFTER - 1 }).overlay.kind).toBe("none");
	});

	test("ends after the warning, with every mode back to usual", () => {
		const modes = MODES.map((mode): Untimed => ({ type: "mode-switched", mode }));
		const { kiosk } = run(CHOOSE, READY, ...modes, IDLE_AFTER, TICK, WARNING_LASTS, TICK);
		expect(kiosk.visit.at).toBe("languages");
		expect(kiosk.modes).toEqual(USUAL_MODES);
	});

	test("modes switched on the first screen are forgotten too, after a warning", () => {
		const contrast: Untimed = { type: "mode-switched", mode: "contrast" };
		const warned = run(contrast, IDLE_AFTER, TICK);
		expect(warned.kiosk).toMatchObject({ overlay: { kind: "idle" }, modes: { contrast: "changed" } });
		expect(run(contrast, IDLE_AFTER, TICK, WARNING_LASTS, TICK).kiosk.modes).toEqual(USUAL_MODES);
		expect(run(contrast, IDLE_AFTER, TICK, { type: "left" }).kiosk).toMatchObject({
			modes: USUAL_MODES,
			overlay: { kind: "none" },
		});
		// Nobody is asked who has left everything as it was.
		expect(run(contrast, contrast, IDLE_AFTER, TICK).kiosk.overlay.kind).toBe("none");
	});

	const printed: Untimed = { type: "paper-seen", ticket: sampleTicket({ print: { state: "confirmed" } }) };
	const FREE: Untimed = { type: "topic-chosen", topic: "free" };
	const screens: Record<string, { way: Untimed[]; warnedAfter: number }> = {
		languages: { way: [{ type: "mode-switched", mode: "text" }], warnedAfter: IDLE_AFTER },
		topics: { way: [CHOOSE, READY], warnedAfter: IDLE_AFTER },
		documents: { way: [CHOOSE, READY, { type: "topic-chosen", topic: "papers" }], warnedAfter: IDLE_AFTER },
		away: { way: [CHOOSE, READY, { type: "topic-chosen", topic: "shut" }], warnedAfter: IDLE_AFTER },
		ticket: { way: [CHOOSE, READY, FREE, ISSUED, printed], warnedAfter: TICKET_SHOWN_FOR },
		refused: {
			way: [CHOOSE, READY, FREE, { type: "refused", key: "visit-one", reason: "station-says-no" }],
			warnedAfter: REFUSAL_SHOWN_FOR,
		},
		"topics, while the station is lost": {
			way: [CHOOSE, READY, { type: "station-missed" }, { type: "station-missed" }],
			warnedAfter: IDLE_AFTER,
		},
	};
	test.each(Object.entries(screens))("%s: put off a dozen times, and over when nobody does", (_, screen) => {
		const begin = run(...screen.way, { type: "touched" });
		let { kiosk, time } = begin;
		const { visit, modes } = kiosk;
		const dispatch = (event: Untimed, after: number) => {
			time += after;
			kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
		};
		for (let times = 0; times < 12; times += 1) {
			dispatch(TICK, screen.warnedAfter - 2_000);
			expect(kiosk.overlay.kind).toBe("none");
			dispatch(TICK, 2_000);
			expect(kiosk.overlay).toMatchObject({ kind: "idle", seconds: 20 });
			dispatch({ type: "stayed" }, WARNING_LASTS - 1_000);
			expect(kiosk).toMatchObject({ visit, modes, overlay: { kind: "none" } });
		}
		dispatch(TICK, screen.warnedAfter);
		dispatch(TICK, WARNING_LASTS);
		expect(kiosk).toMatchObject({ visit: { at: "languages" }, modes: USUAL_MODES, overlay: { kind: "none" } });
	});
});

test("one missed answer is nothing, the second is told, an answer mends it", () => {
	const miss: Untimed = { type: "station-missed" };
	expect(run(miss).kiosk.link.kind).toBe("missed");
	expect(run(miss, miss).kiosk.link.kind).toBe("lost");
	const answer: Untimed = { type: "station-answered", topics: sampleTopics("en", TOPICS) };
	expect(run(miss, miss, answer).kiosk.link.kind).toBe("reached");
});

test("the newest waits hold in every language", () => {
	const fresh = sampleTopics("en", [sampleTopic("free", { ahead: 7, wait: { minMinutes: 5, maxMinutes: 9 } })]);
	const { kiosk } = run({ type: "station-answered", topics: fresh });
	expect(kiosk.topics["zh-Hans"]?.topics[0]).toMatchObject({ ahead: 7, wait: { minMinutes: 5, maxMinutes: 9 } });
});
