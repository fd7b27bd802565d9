import { describe, expect, test } from "vitest";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { MODES_OFF } from "../../../../renderer/kiosk/state/modes.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { CHOOSE, ISSUED, READY, run, type Untimed } from "./kiosk-states.ts";

describe("not now", () => {
	test("a topic that is closed or given out is told before anything is asked, and another is a tap away", () => {
		const { kiosk, time } = run(CHOOSE, READY, { type: "topic-selected", topic: "shut" });
		expect(kiosk.state).toMatchObject({ at: "unavailable", topic: "shut", reason: "closed" });
		const back = reduceKiosk(kiosk, { type: "went-back", time: time + 1_000 });
		expect(back.state).toMatchObject({ at: "topics", key: "state-one" });
		expect(run(CHOOSE, READY, { type: "topic-selected", topic: "gone" }).kiosk.state).toMatchObject({ reason: "full" });
	});

	test("the last numbers of the day are given like any other", () => {
		expect(run(CHOOSE, READY, { type: "topic-selected", topic: "last" }).kiosk.state.at).toBe("issuing");
		const planned = run(CHOOSE, READY, { type: "plan-opened" }, { type: "topic-selected", topic: "last" });
		expect(planned.kiosk.state).toMatchObject({ at: "plan", topics: ["last"] });
	});

	test("outside the hours the way elsewhere is shown, and the state can end there", () => {
		const away = run(
			CHOOSE,
			READY,
			{ type: "topic-selected", topic: "night" },
			{ type: "mode-switched", mode: "reach" },
		);
		expect(away.kiosk.state).toMatchObject({ at: "unavailable", reason: "site-closed" });
		const done = reduceKiosk(away.kiosk, { type: "left", time: away.time + 1_000 });
		expect(done.state.at).toBe("languages");
		expect(done.modes).toEqual(MODES_OFF);
	});

	test("of several topics the one that is given out is named; back leads to the others, with their people", () => {
		const asked = run(
			CHOOSE,
			READY,
			{ type: "plan-opened" },
			{ type: "topic-selected", topic: "free" },
			{ type: "topic-selected", topic: "other" },
			{ type: "topic-selected", topic: "fourth" },
			{ type: "people-set", people: 4 },
			{ type: "ticket-requested" },
		);
		expect(asked.kiosk.state.at).toBe("issuing");
		const refused = { type: "ticket-refused", key: "state-one", reason: "full", topic: "other" } as const;
		const away = reduceKiosk(asked.kiosk, { ...refused, time: asked.time + 1_000 });
		expect(away.state).toMatchObject({ at: "unavailable", topic: "other", reason: "full" });
		const back = reduceKiosk(away, { type: "went-back", time: asked.time + 2_000 });
		expect(back.state).toMatchObject({ at: "plan", key: "state-one", topics: ["free", "fourth"], people: 4 });
	});

	test("of several topics the one that is gone leaves the others, with their people, and it is said until the next tap", () => {
		const asked = run(
			CHOOSE,
			READY,
			{ type: "plan-opened" },
			{ type: "topic-selected", topic: "free" },
			{ type: "topic-selected", topic: "other" },
			{ type: "people-set", people: 4 },
			{ type: "ticket-requested" },
		);
		const refused = { type: "ticket-refused", key: "state-one", reason: "topic-gone", topic: "other" } as const;
		const kept = reduceKiosk(asked.kiosk, { ...refused, time: asked.time + 1_000 });
		expect(kept.state).toMatchObject({ at: "plan", notice: "topic-gone", topics: ["free"], people: 4 });
		const next = reduceKiosk(kept, { type: "people-set", people: 3, time: asked.time + 2_000 });
		expect(next.state).toMatchObject({ at: "plan", notice: "none", topics: ["free"], people: 3 });
	});

	test("a topic that is given out at the last tap leads to the same screen", () => {
		const { kiosk } = run(
			CHOOSE,
			READY,
			{ type: "topic-selected", topic: "free" },
			{ type: "ticket-refused", key: "state-one", reason: "full" },
		);
		expect(kiosk.state).toMatchObject({ at: "unavailable", topic: "free", reason: "full" });
	});
});

describe("not here", () => {
	test("what only others offer is a tap away, says where, and leads back", () => {
		const list = run(CHOOSE, READY, { type: "other-sites-opened" });
		expect(list.kiosk.state).toMatchObject({ at: "other-sites", page: 0 });
		const away = reduceKiosk(list.kiosk, { type: "topic-selected", topic: "far", time: list.time + 1_000 });
		expect(away.state).toMatchObject({ at: "unavailable", topic: "far", reason: "not-at-this-site" });
		const back = reduceKiosk(away, { type: "went-back", time: list.time + 2_000 });
		expect(back.state).toEqual(list.kiosk.state);
		expect(reduceKiosk(back, { type: "went-back", time: list.time + 3_000 }).state.at).toBe("topics");
	});

	test("the search finds it, and keeps what was typed for whoever comes back", () => {
		const typed: Untimed[] = [CHOOSE, READY, { type: "search-opened" }, { type: "search-typed", typed: "fa" }];
		const away = run(...typed, { type: "topic-selected", topic: "far" });
		expect(away.kiosk.state).toMatchObject({ at: "unavailable", reason: "not-at-this-site" });
		const back = reduceKiosk(away.kiosk, { type: "went-back", time: away.time + 1_000 });
		expect(back.state).toMatchObject({ at: "search", typed: "fa" });
	});

	test("no ticket of it can be asked for, alone or among others; a topic that nobody offers leads nowhere", () => {
		const plan = run(CHOOSE, READY, { type: "plan-opened" }, { type: "topic-selected", topic: "far" });
		expect(plan.kiosk.state).toMatchObject({ at: "plan", topics: [] });
		const nowhere = run(CHOOSE, READY, { type: "other-sites-opened" }, { type: "topic-selected", topic: "nothing" });
		expect(nowhere.kiosk.state.at).toBe("other-sites");
	});
});

describe("a booking", () => {
	const typed: Untimed[] = [CHOOSE, READY, { type: "check-in-opened" }, { type: "code-typed", typed: "AB12" }];

	test("is checked in by its code, and its ticket is shown like any other", () => {
		const asking = run(...typed, { type: "check-in-requested" });
		expect(asking.kiosk.state).toMatchObject({ at: "check-in", typed: "AB12", result: "pending" });
		const later = asking.time + 1_000;
		expect(reduceKiosk(asking.kiosk, { type: "went-back", time: later })).toBe(asking.kiosk);
		expect(reduceKiosk(asking.kiosk, { ...ISSUED, time: later } as KioskEvent).state.at).toBe("ticket");
	});

	test("that nobody knows is said, typing goes on, and an empty code is not asked", () => {
		const refused = run(
			...typed,
			{ type: "check-in-requested" },
			{
				type: "check-in-refused",
				key: "state-one",
				result: "unknown",
			},
		);
		expect(refused.kiosk.state).toMatchObject({ at: "check-in", result: "unknown", typed: "AB12" });
		const empty = run(CHOOSE, READY, { type: "check-in-opened" }, { type: "check-in-requested" });
		expect(empty.kiosk.state).toMatchObject({ result: "none" });
		const long = run(...typed, { type: "code-typed", typed: "X".repeat(90) });
		expect(long.kiosk.state).toMatchObject({ typed: "X".repeat(40) });
	});
});
