import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../protocol/language.ts";
import { PRINT_STATES } from "../../protocol/print.ts";
import { reduceKiosk } from "../../renderer/kiosk/reduce.ts";
import {
	firstKiosk,
	IDLE_AFTER,
	type Kiosk,
	type KioskEvent,
	MODES,
	PAPER_EXPECTED_WITHIN,
	REFUSAL_SHOWN_FOR,
	SETTLES_AFTER,
	TICKET_SHOWN_FOR,
	USUAL_MODES,
	WARNING_LASTS,
} from "../../renderer/kiosk/visit.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "./kiosk-samples.ts";

const TOPICS = [
	sampleTopic("free"),
	sampleTopic("papers", {
		rank: 2,
		needsDocuments: true,
		requiredDocuments: [{ id: "passport", name: "Passport" }],
	}),
	sampleTopic("shut", { rank: 3, taken: "closed" }),
	sampleTopic("gone", { rank: 4, taken: "full" }),
	sampleTopic("other", { rank: 5 }),
	sampleTopic("fourth", { rank: 6 }),
	sampleTopic("last", { rank: 7, taken: "last" }),
	sampleTopic("night", { rank: 8, taken: "hours" }),
];
const ELSEWHERE = [sampleTopic("far")];

type Untimed = KioskEvent extends infer Event ? (Event extends unknown ? Omit<Event, "time"> : never) : never;

/** A kiosk that events happen to, a second apart unless said otherwise. */
function run(...events: (Untimed | number)[]): { kiosk: Kiosk; time: number } {
	let time = 1_000_000;
	let kiosk = firstKiosk(time);
	for (const language of ["zh-Hans", "en"] as const) {
		kiosk = reduceKiosk(kiosk, { type: "station-answered", time, topics: sampleTopics(language, TOPICS, ELSEWHERE) });
	}
	for (const event of events) {
		if (typeof event === "number") time += event;
		else {
			time += 1_000;
			kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
		}
	}
	return { kiosk, time };
}

const CHOOSE: Untimed = { type: "language-chosen", language: "en", key: "visit-one" };
const READY: Untimed = { type: "language-ready", language: "en" };
const TICK: Untimed = { type: "ticked" };
const ISSUED: Untimed = { type: "issued", key: "visit-one", ticket: sampleTicket() };

describe("a visit", () => {
	test("two taps where nothing is brought, three otherwise", () => {
		expect(run(CHOOSE, READY, { type: "topic-chosen", topic: "free" }).kiosk.visit.at).toBe("issuing");
		const papers = run(CHOOSE, READY, { type: "topic-chosen", topic: "papers" });
		expect(papers.kiosk.visit.at).toBe("documents");
		expect(reduceKiosk(papers.kiosk, { type: "ticket-asked", time: papers.time + 1_000 }).visit.at).toBe("issuing");
	});

	test("taps in the first moment of a screen are ignored", () => {
		const { kiosk, time } = run(CHOOSE, READY);
		const early = { type: "topic-chosen", topic: "free", time: time + SETTLES_AFTER - 1 } as const;
		expect(reduceKiosk(kiosk, early)).toBe(kiosk);
		expect(reduceKiosk(kiosk, { ...early, time: time + SETTLES_AFTER }).visit.at).toBe("issuing");
	});

	test("another visit's answer changes nothing", () => {
		const { kiosk, time } = run(CHOOSE, READY, { type: "topic-chosen", topic: "free" });
		expect(reduceKiosk(kiosk, { type: "issued", key: "visit-old", ticket: sampleTicket(), time })).toBe(kiosk);
		expect(reduceKiosk(kiosk, { type: "refused", key: "visit-old", reason: "station-says-no", time })).toBe(kiosk);
	});

	test("a topic that is gone leads back to the others", () => {
		const { kiosk } = run(
			CHOOSE,
			READY,
			{ type: "topic-chosen", topic: "free" },
			{
				type: "refused",
				key: "visit-one",
				reason: "topic-gone",
			},
		);
		expect(kiosk.visit).toMatchObject({ at: "topics", notice: "topic-gone" });
	});

	test("the paper is ready only when the printer said so, and missing when it stays silent", () => {
		const paperAfter = (state: (typeof PRINT_STATES)[number], silence: number) => {
			const { kiosk, time } = run(CHOOSE, READY, { type: "topic-chosen", topic: "free" }, ISSUED);
			const seen = reduceKiosk(kiosk, {
				type: "paper-seen",
				ticket: sampleTicket({ print: { state } }),
				time: time + silence,
			});
			return seen.visit.at === "ticket" ? seen.visit.paper : null;
		};
		expect(Object.fromEntries(PRINT_STATES.map((state) => [state, paperAfter(state, 100)]))).toEqual({
			queued: "printing",
			sending: "printing",
			sent: "printing",
			confirmed: "ready",
			doubtful: "missing",
			failed: "missing",
			reprinted: "printing",
		});
		expect(paperAfter("sent", PAPER_EXPECTED_WITHIN)).toBe("missing");
		expect(paperAfter("confirmed", PAPER_EXPECTED_WITHIN * 3)).toBe("ready");
		const silent = run(CHOOSE, READY, { type: "topic-chosen", topic: "free" }, ISSUED, PAPER_EXPECTED_WITHIN, TICK);
		expect(silent.kiosk.visit).toMatchObject({ at: "ticket", paper: "missing" });
	});

	test("a copy that staff ask for meanwhile has its own time to come", () => {
		const seen = (state: (typeof PRINT_STATES)[number]): Untimed => ({
			type: "paper-seen",
			ticket: sampleTicket({ print: { state } }),
		});
		const begin = [CHOOSE, READY, { type: "topic-chosen", topic: "free" }, ISSUED, seen("doubtful")] as const;
		const paperAfter = (...events: (Untimed | number)[]) => {
			const { visit } = run(...begin, ...events).kiosk;
			return visit.at === "ticket" ? visit.paper : null;
		};
		const late = PAPER_EXPECTED_WITHIN * 2;
		expect(paperAfter(late, seen("queued"))).toBe("printing");
		expect(paperAfter(late, seen("queued"), seen("sent"), TICK)).toBe("printing");
		expect(paperAfter(late, seen("queued"), PAPER_EXPECTED_WITHIN, TICK)).toBe("missing");
		expect(paperAfter(late, seen("queued"), seen("confirmed"))).toBe("ready");
	});

	test("the ticket's code stays while the paper is looked for, though only the issue's answer told it", () => {
		const issued: Untimed = { type: "issued", key: "visit-one", ticket: { ...sampleTicket(), code: "7K3M9QTWX2" } };
		const doubtful: Untimed = { type: "paper-seen", ticket: sampleTicket({ print: { state: "doubtful" } }) };
		const { kiosk } = run(CHOOSE, READY, { type: "topic-chosen", topic: "free" }, issued, doubtful);
		expect(kiosk.visit).toMatchObject({ at: "ticket", paper: "missing", code: "7K3M9QTWX2" });
		expect(reduceKiosk(kiosk, { type: "left", time: 2_000_000 }).visit).toEqual({ at: "languages" });
	});

	test("with the paper in hand the screen goes on to the next visitor", () => {
		const printed: Untimed = { type: "paper-seen", ticket: sampleTicket({ print: { state: "confirmed" } }) };
		const begin = [CHOOSE, READY, { type: "topic-chosen", topic: "free" }, ISSUED, printed] as const;
		expect(run(...begin, TICKET_SHOWN_FOR - 2_000, TICK).kiosk.visit.at).toBe("ticket");
		const warned = run(...begin, TICKET_SHOWN_FOR, TICK);
		expect(warned.kiosk).toMatchObject({ visit: { at: "ticket" }, overlay: { kind: "idle" } });
		expect(run(...begin, TICKET_SHOWN_FOR, TICK, WARNING_LASTS, TICK).kiosk.visit.at).toBe("languages");
	});
});

describe("a topic that is searched", () => {
	const typed = (text: string): Untimed => ({ type: "search-typed", typed: text });
	const searched = (...taps: Untimed[]) => run(CHOOSE, READY, { type: "search-opened" }, ...taps).kiosk.visit;

	test("keeps what was typed, and leads on as its tile would have", () => {
		expect(searched(typed("fr"))).toMatchObject({ at: "search", typed: "fr" });
		expect(searched(typed("x".repeat(61)))).toMatchObject({ typed: "" });
		expect(searched({ type: "topic-chosen", topic: "free" })).toMatchObject({ at: "issuing", topic: "free" });
		expect(searched({ type: "topic-chosen", topic: "papers" })).toMatchObject({ at: "documents" });
		expect(searched({ type: "topic-chosen", topic: "shut" })).toMatchObject({ at: "away" });
	});

	test("goes back to the topics, and is forgotten with them", () => {
		expect(searched(typed("fr"), { type: "went-back" })).toMatchObject({ at: "topics", page: 0 });
		expect(searched(typed("fr"), { type: "went-back" }, { type: "search-opened" })).toMatchObject({ typed: "" });
	});
});

describe("several topics, or a group", () => {
	const plan = (...taps: Untimed[]) => run(CHOOSE, READY, { type: "plan-opened" }, ...taps);
	const tap = (topic: string): Untimed => ({ type: "topic-chosen", topic });
	const people = (count: number): Untimed => ({ type: "people-set", people: count });
	const NEXT: Untimed = { type: "ticket-asked" };

	test("a tap takes a topic in, another one out; what is not taken now, or one too many, changes nothing", () => {
		const topicsAfter = (...taps: Untimed[]) => plan(...taps).kiosk.visit;
		expect(topicsAfter(tap("papers"), tap("free"))).toMatchObject({ at: "plan", topics: ["papers", "free"] });
		expect(topicsAfter(tap("papers"), tap("free"), tap("papers"))).toMatchObject({ topics: ["free"] });
		expect(topicsAfter(tap("shut"), tap("gone"), tap("nowhere"))).toMatchObject({ topics: [] });
		const full = topicsAfter(tap("papers"), tap("free"), tap("other"), tap("fourth"));
		expect(full).toMatchObject({ topics: ["papers", "free", "other"] });
	});

	test("as many people as a ticket bears, never nobody", () => {
		expect(plan(people(0)).kiosk.visit).toMatchObject({ people: 1 });
		expect(plan(people(20), people(21)).kiosk.visit).toMatchObject({ people: 20 });
	});

	test("nothing goes on before a topic is chosen; what any of them needs is read first", () => {
		expect(plan(NEXT).kiosk.visit).toMatchObject({ at: "plan" });
		expect(plan(tap("free"), people(3), NEXT).kiosk.visit).toMatchObject({
			at: "issuing",
			topic: "free",
			further: [],
			people: 3,
		});
		const read = plan(tap("free"), tap("papers"), people(2), NEXT);
		expect(read.kiosk.visit).toMatchObject({ at: "documents", topic: "free", further: ["papers"], people: 2 });
		const back = reduceKiosk(read.kiosk, { type: "went-back", time: read.time + 1_000 });
		expect(back.visit).toMatchObject({ at: "plan", topics: ["free", "papers"], people: 2 });
		const away = reduceKiosk(back, { type: "went-back", time: read.time + 2_000 });
		expect(away.visit).toMatchObject({ at: "topics" });
	});

	test("whoever lacks something reads what can be done, and goes on or back from there", () => {
		const lacking = run(CHOOSE, READY, tap("papers"), { type: "lack-told" });
		expect(lacking.kiosk.visit).toMatchObject({ at: "lacking", topic: "papers", people: 1 });
		const next = (type: "ticket-asked" | "went-back" | "left") =>
			reduceKiosk(lacking.kiosk, { type, time: lacking.time + 1_000 }).visit.at;
		expect([next("ticket-asked"), next("went-back"), next("left")]).toEqual(["issuing", "documents", "languages"]);
	});
});

test("the language that was used last comes first for the next visitor, and is all that stays", () => {
	const other: Untimed = { type: "language-chosen", language: "zh-Hans", key: "visit-two" };
	const again = { type: "language-ready", language: "zh-Hans" } as const;
	const { kiosk } = run(CHOOSE, READY, { type: "left" }, other, again, { type: "left" });
	expect(kiosk.recent).toEqual(["zh-Hans", "en"]);
	expect(run(CHOOSE, READY, { type: "left" }, CHOOSE, READY, { type: "left" }).kiosk.recent).toEqual(["en"]);
	// Tiles do not change places while the finger is still there.
	expect(run(CHOOSE, READY, { type: "left" }, other).kiosk.recent).toEqual(["en"]);
	expect(run(CHOOSE, READY, { type: "languages-asked" }).kiosk.recent).toEqual([]);
});

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
		const tell = (event: Untimed, after: number) => {
			time += after;
			kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
		};
		for (let times = 0; times < 12; times += 1) {
			tell(TICK, screen.warnedAfter - 2_000);
			expect(kiosk.overlay.kind).toBe("none");
			tell(TICK, 2_000);
			expect(kiosk.overlay).toMatchObject({ kind: "idle", seconds: 20 });
			tell({ type: "stayed" }, WARNING_LASTS - 1_000);
			expect(kiosk).toMatchObject({ visit, modes, overlay: { kind: "none" } });
		}
		tell(TICK, screen.warnedAfter);
		tell(TICK, WARNING_LASTS);
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

describe("not now", () => {
	test("a topic that is closed or given out is told before anything is asked, and another is a tap away", () => {
		const { kiosk, time } = run(CHOOSE, READY, { type: "topic-chosen", topic: "shut" });
		expect(kiosk.visit).toMatchObject({ at: "away", topic: "shut", reason: "closed" });
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
		expect(away.kiosk.visit).toMatchObject({ at: "away", reason: "hours" });
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
		expect(away.visit).toMatchObject({ at: "away", topic: "other", reason: "full" });
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
		expect(kiosk.visit).toMatchObject({ at: "away", topic: "free", reason: "full" });
	});
});

describe("not here", () => {
	test("what only others offer is a tap away, says where, and leads back", () => {
		const list = run(CHOOSE, READY, { type: "elsewhere-opened" });
		expect(list.kiosk.visit).toMatchObject({ at: "elsewhere", page: 0 });
		const away = reduceKiosk(list.kiosk, { type: "topic-chosen", topic: "far", time: list.time + 1_000 });
		expect(away.visit).toMatchObject({ at: "away", topic: "far", reason: "not-here" });
		const back = reduceKiosk(away, { type: "went-back", time: list.time + 2_000 });
		expect(back.visit).toEqual(list.kiosk.visit);
		expect(reduceKiosk(back, { type: "went-back", time: list.time + 3_000 }).visit.at).toBe("topics");
	});

	test("the search finds it, and keeps what was typed for whoever comes back", () => {
		const typed: Untimed[] = [CHOOSE, READY, { type: "search-opened" }, { type: "search-typed", typed: "fa" }];
		const away = run(...typed, { type: "topic-chosen", topic: "far" });
		expect(away.kiosk.visit).toMatchObject({ at: "away", reason: "not-here" });
		const back = reduceKiosk(away.kiosk, { type: "went-back", time: away.time + 1_000 });
		expect(back.visit).toMatchObject({ at: "search", typed: "fa" });
	});

	test("no ticket of it can be asked for, alone or among others; a topic that nobody offers leads nowhere", () => {
		const plan = run(CHOOSE, READY, { type: "plan-opened" }, { type: "topic-chosen", topic: "far" });
		expect(plan.kiosk.visit).toMatchObject({ at: "plan", topics: [] });
		const nowhere = run(CHOOSE, READY, { type: "elsewhere-opened" }, { type: "topic-chosen", topic: "nothing" });
		expect(nowhere.kiosk.visit.at).toBe("elsewhere");
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

const anyEvent: fc.Arbitrary<Untimed> = fc.oneof(
	fc.constantFrom<Untimed>(
		{ type: "touched" },
		TICK,
		{ type: "ticket-asked" },
		{ type: "went-back" },
		{ type: "languages-asked" },
		{ type: "left" },
		{ type: "stayed" },
		{ type: "staff-asked" },
		{ type: "overlay-closed" },
		{ type: "station-missed" },
		{ type: "screen-broke" },
		READY,
	),
	fc.constantFrom(...LANGUAGES).map((language): Untimed => ({ type: "language-chosen", language, key: "visit-one" })),
	fc.constantFrom<Untimed>(
		{ type: "plan-opened" },
		{ type: "search-opened" },
		{ type: "elsewhere-opened" },
		{ type: "people-set", people: 2 },
		{ type: "lack-told" },
		{ type: "listen-asked" },
		{ type: "mode-switched", mode: "listen" },
		{ type: "check-in-opened" },
		{ type: "code-typed", typed: "AB-12" },
		{ type: "check-in-asked" },
		{ type: "check-in-refused", key: "visit-one", answer: "unknown" },
	),
	fc
		.constantFrom("free", "papers", "shut", "gone", "last", "night", "far", "nothing")
		.map((topic): Untimed => ({ type: "topic-chosen", topic })),
	fc.nat(3).map((page): Untimed => ({ type: "page-turned", page })),
	fc.constantFrom(...MODES).map((mode): Untimed => ({ type: "mode-switched", mode })),
	fc.constantFrom(...PRINT_STATES).map(
		(state): Untimed => ({
			type: "paper-seen",
			ticket: sampleTicket({ print: { state } }),
		}),
	),
	fc.constantFrom("visit-one", "visit-two").map((key): Untimed => ({ type: "issued", key, ticket: sampleTicket() })),
	fc.constantFrom<Untimed>(
		{ type: "refused", key: "visit-one", reason: "topic-gone" },
		{ type: "refused", key: "visit-one", reason: "station-says-no" },
		{ type: "refused", key: "visit-one", reason: "full", topic: "other" },
		{ type: "refused", key: "visit-one", reason: "hours" },
	),
	fc
		.constantFrom(...LANGUAGES)
		.map((language): Untimed => ({ type: "station-answered", topics: sampleTopics(language, TOPICS, ELSEWHERE) })),
);

const anyStory = fc.array(fc.tuple(anyEvent, fc.constantFrom(0, 20, 300, 5_000, 20_000, 61_000)), { maxLength: 60 });

const heldBy = (visit: Kiosk["visit"]) =>
	visit.at === "languages" || visit.at === "opening" ? visit.same?.held : undefined;
const isAsking = (visit: Kiosk["visit"]) => visit.at === "check-in" && visit.answer === "asking";

test("whatever happens, only an asked ticket is issued and only an issued ticket is shown", () => {
	fc.assert(
		fc.property(anyStory, (story) => {
			let time = 0;
			let kiosk = firstKiosk(time);
			for (const [event, pause] of story) {
				time += pause;
				const before = kiosk;
				kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
				const [from, to] = [before.visit.at, kiosk.visit.at];
				if (from !== to && to === "issuing") expect(["topic-chosen", "ticket-asked"]).toContain(event.type);
				if (from !== to && to === "ticket") {
					const given = event.type === "issued" && (["issuing", "refused"].includes(from) || isAsking(before.visit));
					expect(given || heldBy(before.visit) !== undefined).toBe(true);
				}
				if (to === "topics") expect(kiosk.topics[(kiosk.visit as { language: "en" }).language]).toBeDefined();
			}
		}),
	);
});

test("whatever happened, left alone the kiosk is ready for the next visitor within three minutes", () => {
	fc.assert(
		fc.property(anyStory, (story) => {
			let time = 0;
			let kiosk = firstKiosk(time);
			for (const [event, pause] of story) {
				time += pause;
				kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
			}
			for (let second = 0; second < 180; second++) {
				time += 1_000;
				kiosk = reduceKiosk(kiosk, { type: "ticked", time });
			}
			expect(kiosk.visit.at).toBe("languages");
			expect(kiosk.modes).toEqual(USUAL_MODES);
			expect(kiosk.overlay.kind).toBe("none");
		}),
	);
});
