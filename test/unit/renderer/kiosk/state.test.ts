import { describe, expect, test } from "vitest";
import { PRINT_STATES } from "../../../../protocol/model/print.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import {
	PAPER_EXPECTED_WITHIN,
	SETTLES_AFTER,
	TICKET_SHOWN_FOR,
	WARNING_LASTS,
} from "../../../../renderer/kiosk/state/state.ts";
import { sampleTicket } from "../../../fixtures/kiosk-samples.ts";
import { CHOOSE, ISSUED, READY, run, TICK, type Untimed } from "./kiosk-states.ts";

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
		expect(searched({ type: "topic-chosen", topic: "shut" })).toMatchObject({ at: "unavailable" });
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
			nextTopics: [],
			people: 3,
		});
		const read = plan(tap("free"), tap("papers"), people(2), NEXT);
		expect(read.kiosk.visit).toMatchObject({ at: "documents", topic: "free", nextTopics: ["papers"], people: 2 });
		const back = reduceKiosk(read.kiosk, { type: "went-back", time: read.time + 1_000 });
		expect(back.visit).toMatchObject({ at: "plan", topics: ["free", "papers"], people: 2 });
		const away = reduceKiosk(back, { type: "went-back", time: read.time + 2_000 });
		expect(away.visit).toMatchObject({ at: "topics" });
	});

	test("whoever lacks something reads what can be done, and goes on or back from there", () => {
		const lacking = run(CHOOSE, READY, tap("papers"), { type: "documents-missing" });
		expect(lacking.kiosk.visit).toMatchObject({ at: "missing-documents", topic: "papers", people: 1 });
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
