import { describe, expect, test } from "vitest";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { type KioskEvent, USUAL_MODES } from "../../../../renderer/kiosk/state/state.ts";
import { CHOOSE, ISSUED, READY, run, type Untimed } from "./kiosk-states.ts";

describe("not now", () => {
	test("a topic that is closed or given out is told before anything is asked, and another is a tap away", () => {
		const { kiosk, time } = run(CHOOSE, READY, { type: "topic-chosen", topic: "shut" });
		expect(kiosk.visit).toMatchObject({ at: "unavailable", topic: "shut", reason: "closed" });
		const back = reduceKiosk(kiosk, { type: "went-back", time: time + 1_000 });
		expect(back.visit).toMatchObject({ at: "topics", key: "visit-one" });
		expect(run(CHOOSE, READY, { type: "topic-chosen", topic: "gone" }).kiosk.visit).toMatchObject({ reason: "full" });
	});

	test("the last numbers of the day are given like any other", () => {
		expect(run(CHOOSE, READY, { type: "topic-chosen", topic: "last" }).kiosk.visit.at).toBe("issuing");
		const planned = run(CHOOSE, READY, { type: "plan-opened" }, { type: "topic-chosen", topic: "last" });
		expect(planned.kiosk.visit).toMatchObject({ at: "plan", topics: ["last"] });
	});

	test("outside the hours the way elsewhere is shown, and the visit can end there", () => {
		const away = run(CHOOSE, READY, { type: "topic-chosen", topic: "night" }, { type: "mode-switched", mode: "reach" });
		expect(away.kiosk.visit).toMatchObject({ at: "unavailable", reason: "hours" });
		const done = reduceKiosk(away.kiosk, { type: "left", time: away.time + 1_000 });
		expect(done.visit.at).toBe("languages");
		expect(done.modes).toEqual(USUAL_MODES);
	});

	test("of several topics the one that is given out is named; back leads to the others, with their people", () => {
		const asked = run(
			CHOOSE,
			READY,
			{ type: "plan-opened" },
			{ type: "topic-chosen", topic: "free" },
			{ type: "topic-chosen", topic: "other" },
			{ type: "topic-chosen", topic: "fourth" },
			{ type: "people-set", people: 4 },
			{ type: "ticket-asked" },
		);
		expect(asked.kiosk.visit.at).toBe("issuing");
		const refused = { type: "refused", key: "visit-one", reason: "full", topic: "other" } as const;
		const away = reduceKiosk(asked.kiosk, { ...refused, time: asked.time + 1_000 });
		expect(away.visit).toMatchObject({ at: "unavailable", topic: "other", reason: "full" });
		const back = reduceKiosk(away, { type: "went-back", time: asked.time + 2_000 });
		expect(back.visit).toMatchObject({ at: "plan", key: "visit-one", topics: ["free", "fourth"], people: 4 });
	});

	test("of several topics the one that is gone leaves the others, with their people, and it is said until the next tap", () => {
		const asked = run(
			CHOOSE,
			READY,
			{ type: "plan-opened" },
			{ type: "topic-chosen", topic: "free" },
			{ type: "topic-chosen", topic: "other" },
			{ type: "people-set", people: 4 },
			{ type: "ticket-asked" },
		);
		const refused = { type: "refused", key: "visit-one", reason: "topic-gone", topic: "other" } as const;
		const kept = reduceKiosk(asked.kiosk, { ...refused, time: asked.time + 1_000 });
		expect(kept.visit).toMatchObject({ at: "plan", notice: "topic-gone", topics: ["free"], people: 4 });
		const next = reduceKiosk(kept, { type: "people-set", people: 3, time: asked.time + 2_000 });
		expect(next.visit).toMatchObject({ at: "plan", notice: "none", topics: ["free"], people: 3 });
	});

	test("a topic that is given out at the last tap leads to the same screen", () => {
		const { kiosk } = run(
			CHOOSE,
			READY,
			{ type: "topic-chosen", topic: "free" },
			{ type: "refused", key: "visit-one", reason: "full" },
		);
		expect(kiosk.visit).toMatchObject({ at: "unavailable", topic: "free", reason: "full" });
	});
});

describe("not here", () => {
	test("what only others offer is a tap away, says where, and leads back", () => {
		const list = run(CHOOSE, READY, { type: "other-sites-opened" });
		expect(list.kiosk.visit).toMatchObject({ at: "other-sites", page: 0 });
		const away = reduceKiosk(list.kiosk, { type: "topic-chosen", topic: "far", time: list.time + 1_000 });
		expect(away.visit).toMatchObject({ at: "unavailable", topic: "far", reason: "not-at-this-site" });
		const back = reduceKiosk(away, { type: "went-back", time: list.time + 2_000 });
		expect(back.visit).toEqual(list.kiosk.visit);
		expect(reduceKiosk(back, { type: "went-back", time: list.time + 3_000 }).visit.at).toBe("topics");
	});

	test("the search finds it, and keeps what was typed for whoever comes back", () => {
		const typed: Untimed[] = [CHOOSE, READY, { type: "search-opened" }, { type: "search-typed", typed: "fa" }];
		const away = run(...typed, { type: "topic-chosen", topic: "far" });
		expect(away.kiosk.visit).toMatchObject({ at: "unavailable", reason: "not-at-this-site" });
		const back = reduceKiosk(away.kiosk, { type: "went-back", time: away.time + 1_000 });
		expect(back.visit).toMatchObject({ at: "search", typed: "fa" });
	});

	test("no ticket of it can be asked for, alone or among others; a topic that nobody offers leads nowhere", () => {
		const plan = run(CHOOSE, READY, { type: "plan-opened" }, { type: "topic-chosen", topic: "far" });
		expect(plan.kiosk.visit).toMatchObject({ at: "plan", topics: [] });
		const nowhere = run(CHOOSE, READY, { type: "other-sites-opened" }, { type: "topic-chosen", topic: "nothing" });
		expect(nowhere.kiosk.visit.at).toBe("other-sites");
	});
});

describe("a booking", () => {
	const typed: Untimed[] = [CHOOSE, READY, { type: "check-in-opened" }, { type: "code-typed", typed: "AB12" }];

	test("is checked in by its code, and its ticket is shown like any other", () => {
		const asking = run(...typed, { type: "check-in-asked" });
		expect(asking.kiosk.visit).toMatchObject({ at: "check-in", typed: "AB12", answer: "asking" });
		const later = asking.time + 1_000;
		expect(reduceKiosk(asking.kiosk, { type: "went-back", time: later })).toBe(asking.kiosk);
		expect(reduceKiosk(asking.kiosk, { ...ISSUED, time: later } as KioskEvent).visit.at).toBe("ticket");
	});

	test("that nobody knows is said, typing goes on, and an empty code is not asked", () => {
		const refused = run(
			...typed,
			{ type: "check-in-asked" },
			{
				type: "check-in-refused",
				key: "visit-one",
				answer: "unknown",
			},
		);
		expect(refused.kiosk.visit).toMatchObject({ at: "check-in", answer: "unknown", typed: "AB12" });
		const empty = run(CHOOSE, READY, { type: "check-in-opened" }, { type: "check-in-asked" });
		expect(empty.kiosk.visit).toMatchObject({ answer: "none" });
		const long = run(...typed, { type: "code-typed", typed: "X".repeat(90) });
		expect(long.kiosk.visit).toMatchObject({ typed: "X".repeat(40) });
	});
});
