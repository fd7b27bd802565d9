import { describe, expect, test } from "vitest";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { MODES, MODES_OFF } from "../../../../renderer/kiosk/state/modes.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import {
	IDLE_AFTER_MS,
	IDLE_WARNING_MS,
	REFUSAL_SHOWN_MS,
	TICKET_SHOWN_MS,
} from "../../../../renderer/kiosk/state/timing.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";
import { CHOOSE, ISSUED, READY, run, TICK, TOPICS, type Untimed } from "./kiosk-states.ts";

describe("an idle state", () => {
	test("is warned, counted down, and can be kept by one tap", () => {
		const warned = run(CHOOSE, READY, IDLE_AFTER_MS, TICK);
		expect(warned.kiosk.overlay).toMatchObject({ kind: "idle", seconds: IDLE_WARNING_MS / 1000 });
		const later = reduceKiosk(warned.kiosk, { type: "ticked", time: warned.time + 5_500 });
		expect(later.overlay).toMatchObject({ kind: "idle", seconds: 15 });
		const kept = reduceKiosk(later, { type: "stayed", time: warned.time + 6_000 });
		expect([kept.overlay.kind, kept.state.at]).toEqual(["none", "topics"]);
		expect(reduceKiosk(kept, { type: "ticked", time: warned.time + 6_000 + IDLE_AFTER_MS - 1 }).overlay.kind).toBe(
			"none",
		);
	});

	test("ends after the warning, with every mode back to usual", () => {
		const modes = MODES.map((mode): Untimed => ({ type: "mode-switched", mode }));
		const { kiosk } = run(CHOOSE, READY, ...modes, IDLE_AFTER_MS, TICK, IDLE_WARNING_MS, TICK);
		expect(kiosk.state.at).toBe("languages");
		expect(kiosk.modes).toEqual(MODES_OFF);
	});

	test("modes switched on the first screen are forgotten too, after a warning", () => {
		const contrast: Untimed = { type: "mode-switched", mode: "contrast" };
		const warned = run(contrast, IDLE_AFTER_MS, TICK);
		expect(warned.kiosk).toMatchObject({ overlay: { kind: "idle" }, modes: { contrast: "on" } });
		expect(run(contrast, IDLE_AFTER_MS, TICK, IDLE_WARNING_MS, TICK).kiosk.modes).toEqual(MODES_OFF);
		expect(run(contrast, IDLE_AFTER_MS, TICK, { type: "left" }).kiosk).toMatchObject({
			modes: MODES_OFF,
			overlay: { kind: "none" },
		});
		// Nobody is asked who has left everything as it was.
		expect(run(contrast, contrast, IDLE_AFTER_MS, TICK).kiosk.overlay.kind).toBe("none");
	});

	const printed: Untimed = { type: "ticket-updated", ticket: sampleTicket({ print: { state: "confirmed" } }) };
	const FREE: Untimed = { type: "topic-selected", topic: "free" };
	const screens: Record<string, { way: Untimed[]; warnedAfter: number }> = {
		languages: { way: [{ type: "mode-switched", mode: "text" }], warnedAfter: IDLE_AFTER_MS },
		topics: { way: [CHOOSE, READY], warnedAfter: IDLE_AFTER_MS },
		documents: { way: [CHOOSE, READY, { type: "topic-selected", topic: "papers" }], warnedAfter: IDLE_AFTER_MS },
		away: { way: [CHOOSE, READY, { type: "topic-selected", topic: "shut" }], warnedAfter: IDLE_AFTER_MS },
		ticket: { way: [CHOOSE, READY, FREE, ISSUED, printed], warnedAfter: TICKET_SHOWN_MS },
		refused: {
			way: [CHOOSE, READY, FREE, { type: "ticket-refused", key: "state-one", reason: "station-refused" }],
			warnedAfter: REFUSAL_SHOWN_MS,
		},
		"topics, while the station is lost": {
			way: [CHOOSE, READY, { type: "station-unreachable" }, { type: "station-unreachable" }],
			warnedAfter: IDLE_AFTER_MS,
		},
	};
	test.each(Object.entries(screens))("%s: put off a dozen times, and over when nobody does", (_, screen) => {
		const begin = run(...screen.way, { type: "touched" });
		let { kiosk, time } = begin;
		const { state, modes } = kiosk;
		const dispatch = (event: Untimed, after: number) => {
			time += after;
			kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
		};
		for (let times = 0; times < 12; times += 1) {
			dispatch(TICK, screen.warnedAfter - 2_000);
			expect(kiosk.overlay.kind).toBe("none");
			dispatch(TICK, 2_000);
			expect(kiosk.overlay).toMatchObject({ kind: "idle", seconds: 20 });
			dispatch({ type: "stayed" }, IDLE_WARNING_MS - 1_000);
			expect(kiosk).toMatchObject({ state, modes, overlay: { kind: "none" } });
		}
		dispatch(TICK, screen.warnedAfter);
		dispatch(TICK, IDLE_WARNING_MS);
		expect(kiosk).toMatchObject({ state: { at: "languages" }, modes: MODES_OFF, overlay: { kind: "none" } });
	});
});

test("one missed answer is nothing, the second is told, an answer mends it", () => {
	const miss: Untimed = { type: "station-unreachable" };
	expect(run(miss).kiosk.link.kind).toBe("missed");
	expect(run(miss, miss).kiosk.link.kind).toBe("lost");
	const answer: Untimed = { type: "topics-received", topics: sampleTopics("en", TOPICS) };
	expect(run(miss, miss, answer).kiosk.link.kind).toBe("reached");
});

test("the newest waits hold in every language", () => {
	const fresh = sampleTopics("en", [sampleTopic("free", { ahead: 7, wait: { minMinutes: 5, maxMinutes: 9 } })]);
	const { kiosk } = run({ type: "topics-received", topics: fresh });
	expect(kiosk.topics["zh-Hans"]?.topics[0]).toMatchObject({ ahead: 7, wait: { minMinutes: 5, maxMinutes: 9 } });
});
