import { describe, expect, test } from "vitest";
import { PRINT_STATES } from "../../../../protocol/model/print.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import {
	IDLE_WARNING_MS,
	PAPER_TIMEOUT_MS,
	SETTLE_MS,
	TICKET_SHOWN_MS,
} from "../../../../renderer/kiosk/state/timing.ts";
import { sampleTicket } from "../../../fixtures/kiosk-samples.ts";
import { CHOOSE, ISSUED, READY, run, TICK, type Untimed } from "./kiosk-states.ts";

describe("a state", () => {
	test("two taps where nothing is brought, three otherwise", () => {
		expect(run(CHOOSE, READY, { type: "topic-selected", topic: "free" }).kiosk.state.at).toBe("issuing");
		const papers = run(CHOOSE, READY, { type: "topic-selected", topic: "papers" });
		expect(papers.kiosk.state.at).toBe("documents");
		expect(reduceKiosk(papers.kiosk, { type: "ticket-requested", time: papers.time + 1_000 }).state.at).toBe("issuing");
	});

	test("taps in the first moment of a screen are ignored", () => {
		const { kiosk, time } = run(CHOOSE, READY);
		const early = { type: "topic-selected", topic: "free", time: time + SETTLE_MS - 1 } as const;
		expect(reduceKiosk(kiosk, early)).toBe(kiosk);
		expect(reduceKiosk(kiosk, { ...early, time: time + SETTLE_MS }).state.at).toBe("issuing");
	});

	test("another state's answer changes nothing", () => {
		const { kiosk, time } = run(CHOOSE, READY, { type: "topic-selected", topic: "free" });
		expect(reduceKiosk(kiosk, { type: "ticket-issued", key: "state-old", ticket: sampleTicket(), time })).toBe(kiosk);
		expect(reduceKiosk(kiosk, { type: "ticket-refused", key: "state-old", reason: "station-refused", time })).toBe(
			kiosk,
		);
	});

	test("a mode that leaves room for fewer topics begins their pages anew", () => {
		const second = [CHOOSE, READY, { type: "page-turned", page: 1 }] as const;
		const reach = { type: "mode-switched", mode: "reach" } as const;
		const text = { type: "mode-switched", mode: "text" } as const;
		expect(run(...second, reach).kiosk.state).toMatchObject({ at: "topics", page: 1 });
		expect(run(...second, reach, text).kiosk.state).toMatchObject({ at: "topics", page: 0 });
		const last = [CHOOSE, READY, reach, text, { type: "page-turned", page: 2 }] as const;
		expect(run(...last).kiosk.state).toMatchObject({ page: 2 });
		expect(run(...last, text).kiosk.state).toMatchObject({ page: 0 });
	});

	test("a topic that is gone leads back to the others", () => {
		const { kiosk } = run(
			CHOOSE,
			READY,
			{ type: "topic-selected", topic: "free" },
			{
				type: "ticket-refused",
				key: "state-one",
				reason: "topic-gone",
			},
		);
		expect(kiosk.state).toMatchObject({ at: "topics", notice: "topic-gone" });
	});

	test("the paper is ready only when the printer said so, and missing when it stays silent", () => {
		const paperAfter = (state: (typeof PRINT_STATES)[number], silence: number) => {
			const { kiosk, time } = run(CHOOSE, READY, { type: "topic-selected", topic: "free" }, ISSUED);
			const seen = reduceKiosk(kiosk, {
				type: "ticket-updated",
				ticket: sampleTicket({ print: { state } }),
				time: time + silence,
			});
			return seen.state.at === "ticket" ? seen.state.paper : null;
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
		expect(paperAfter("sent", PAPER_TIMEOUT_MS)).toBe("missing");
		expect(paperAfter("confirmed", PAPER_TIMEOUT_MS * 3)).toBe("ready");
		const silent = run(CHOOSE, READY, { type: "topic-selected", topic: "free" }, ISSUED, PAPER_TIMEOUT_MS, TICK);
		expect(silent.kiosk.state).toMatchObject({ at: "ticket", paper: "missing" });
	});

	test("a copy that staff ask for meanwhile has its own time to come", () => {
		const seen = (state: (typeof PRINT_STATES)[number]): Untimed => ({
			type: "ticket-updated",
			ticket: sampleTicket({ print: { state } }),
		});
		const begin = [CHOOSE, READY, { type: "topic-selected", topic: "free" }, ISSUED, seen("doubtful")] as const;
		const paperAfter = (...events: (Untimed | number)[]) => {
			const { state } = run(...begin, ...events).kiosk;
			return state.at === "ticket" ? state.paper : null;
		};
		const late = PAPER_TIMEOUT_MS * 2;
		expect(paperAfter(late, seen("queued"))).toBe("printing");
		expect(paperAfter(late, seen("queued"), seen("sent"), TICK)).toBe("printing");
		expect(paperAfter(late, seen("queued"), PAPER_TIMEOUT_MS, TICK)).toBe("missing");
		expect(paperAfter(late, seen("queued"), seen("confirmed"))).toBe("ready");
	});

	test("the ticket's code stays while the paper is looked for, though only the issue's answer told it", () => {
		const issued: Untimed = {
			type: "ticket-issued",
			key: "state-one",
			ticket: { ...sampleTicket(), code: "7K3M9QTWX2" },
		};
		const doubtful: Untimed = { type: "ticket-updated", ticket: sampleTicket({ print: { state: "doubtful" } }) };
		const { kiosk } = run(CHOOSE, READY, { type: "topic-selected", topic: "free" }, issued, doubtful);
		expect(kiosk.state).toMatchObject({ at: "ticket", paper: "missing", code: "7K3M9QTWX2" });
		expect(reduceKiosk(kiosk, { type: "left", time: 2_000_000 }).state).toEqual({ at: "languages" });
	});

	test("with the paper in hand the screen goes on to the next visitor", () => {
		const printed: Untimed = { type: "ticket-updated", ticket: sampleTicket({ print: { state: "confirmed" } }) };
		const begin = [CHOOSE, READY, { type: "topic-selected", topic: "free" }, ISSUED, printed] as const;
		expect(run(...begin, TICKET_SHOWN_MS - 2_000, TICK).kiosk.state.at).toBe("ticket");
		const warned = run(...begin, TICKET_SHOWN_MS, TICK);
		expect(warned.kiosk).toMatchObject({ state: { at: "ticket" }, overlay: { kind: "idle" } });
		expect(run(...begin, TICKET_SHOWN_MS, TICK, IDLE_WARNING_MS, TICK).kiosk.state.at).toBe("languages");
	});
});

describe("a topic that is searched", () => {
	const typed = (text: string): Untimed => ({ type: "search-typed", typed: text });
	const searched = (...taps: Untimed[]) => run(CHOOSE, READY, { type: "search-opened" }, ...taps).kiosk.state;

	test("keeps what was typed, and leads on as its tile would have", () => {
		expect(searched(typed("fr"))).toMatchObject({ at: "search", typed: "fr" });
		expect(searched(typed("x".repeat(61)))).toMatchObject({ typed: "" });
		expect(searched({ type: "topic-selected", topic: "free" })).toMatchObject({ at: "issuing", topic: "free" });
		expect(searched({ type: "topic-selected", topic: "papers" })).toMatchObject({ at: "documents" });
		expect(searched({ type: "topic-selected", topic: "shut" })).toMatchObject({ at: "unavailable" });
	});

	test("goes back to the topics, and is forgotten with them", () => {
		expect(searched(typed("fr"), { type: "went-back" })).toMatchObject({ at: "topics", page: 0 });
		expect(searched(typed("fr"), { type: "went-back" }, { type: "search-opened" })).toMatchObject({ typed: "" });
	});
});

describe("several topics, or a group", () => {
	const plan = (...taps: Untimed[]) => run(CHOOSE, READY, { type: "plan-opened" }, ...taps);
	const tap = (topic: string): Untimed => ({ type: "topic-selected", topic });
	const people = (count: number): Untimed => ({ type: "people-set", people: count });
	const NEXT: Untimed = { type: "ticket-requested" };

	test("a tap takes a topic in, another one out; what is not taken now, or one too many, changes nothing", () => {
		const topicsAfter = (...taps: Untimed[]) => plan(...taps).kiosk.state;
		expect(topicsAfter(tap("papers"), tap("free"))).toMatchObject({ at: "plan", topics: ["papers", "free"] });
		expect(topicsAfter(tap("papers"), tap("free"), tap("papers"))).toMatchObject({ topics: ["free"] });
		expect(topicsAfter(tap("shut"), tap("gone"), tap("nowhere"))).toMatchObject({ topics: [] });
		const full = topicsAfter(tap("papers"), tap("free"), tap("other"), tap("fourth"));
		expect(full).toMatchObject({ topics: ["papers", "free", "other"] });
	});

	test("as many people as a ticket bears, never nobody", () => {
		expect(plan(people(0)).kiosk.state).toMatchObject({ people: 1 });
		expect(plan(people(20), people(21)).kiosk.state).toMatchObject({ people: 20 });
	});

	test("nothing goes on before a topic is chosen; what any of them needs is read first", () => {
		expect(plan(NEXT).kiosk.state).toMatchObject({ at: "plan" });
		expect(plan(tap("free"), people(3), NEXT).kiosk.state).toMatchObject({
			at: "issuing",
			topic: "free",
			nextTopics: [],
			people: 3,
		});
		const read = plan(tap("free"), tap("papers"), people(2), NEXT);
		expect(read.kiosk.state).toMatchObject({ at: "documents", topic: "free", nextTopics: ["papers"], people: 2 });
		const back = reduceKiosk(read.kiosk, { type: "went-back", time: read.time + 1_000 });
		expect(back.state).toMatchObject({ at: "plan", topics: ["free", "papers"], people: 2 });
		const away = reduceKiosk(back, { type: "went-back", time: read.time + 2_000 });
		expect(away.state).toMatchObject({ at: "topics" });
	});

	test("whoever lacks something reads what can be done, and goes on or back from there", () => {
		const lacking = run(CHOOSE, READY, tap("papers"), { type: "documents-missing" });
		expect(lacking.kiosk.state).toMatchObject({ at: "missing-documents", topic: "papers", people: 1 });
		const next = (type: "ticket-requested" | "went-back" | "left") =>
			reduceKiosk(lacking.kiosk, { type, time: lacking.time + 1_000 }).state.at;
		expect([next("ticket-requested"), next("went-back"), next("left")]).toEqual(["issuing", "documents", "languages"]);
	});
});

describe("what to bring", () => {
	const tap = (topic: string): Untimed => ({ type: "topic-selected", topic });
	const answer = (...answers: string[]): Untimed => ({ type: "papers-changed", papers: { answers } });
	const tick = (...ticked: string[]): Untimed => ({ type: "papers-changed", papers: { ticked } });
	const papers = (...taps: Untimed[]) => run(CHOOSE, READY, tap("papers"), ...taps).kiosk.state;
	const SKIP: Untimed = { type: "papers-changed", papers: { skipped: true } };
	const BACK: Untimed = { type: "went-back" };

	test("answers are kept in their order, and back takes the last one back before it leaves", () => {
		expect(papers(answer("family", "spouse"))).toMatchObject({ answers: ["family", "spouse"] });
		expect(papers(answer("family", "spouse"), BACK)).toMatchObject({ at: "documents", answers: ["family"] });
		expect(papers(answer("family"), BACK, BACK)).toMatchObject({ at: "topics" });
	});

	test("a question can be skipped, and back asks it again", () => {
		expect(papers(SKIP)).toMatchObject({ at: "documents", skipped: true });
		expect(papers(SKIP, BACK)).toMatchObject({ at: "documents", skipped: false });
	});

	test("ticks and answers lead on to what is missing and back", () => {
		expect(papers(tick("passport"), tick("photo"))).toMatchObject({ ticked: ["photo"] });
		const missing = papers(answer("family"), tick("passport"), { type: "documents-missing" });
		expect(missing).toMatchObject({ at: "missing-documents", answers: ["family"], ticked: ["passport"] });
		expect(papers(answer("family"), { type: "documents-missing" }, BACK)).toMatchObject({ answers: ["family"] });
	});

	test("is told without a ticket where the topic is closed, full or not here, and leads back there", () => {
		for (const topic of ["shut", "gone", "night", "far"]) {
			const told = run(CHOOSE, READY, tap(topic), { type: "checklist-opened" });
			expect(told.kiosk.state, topic).toMatchObject({ at: "checklist", topic, answers: [] });
			const next = (event: Untimed) => reduceKiosk(told.kiosk, { ...event, time: told.time + 1_000 } as never).state;
			expect(next({ type: "ticket-requested" })).toMatchObject({ at: "checklist" });
			expect(next(BACK)).toMatchObject({ at: "unavailable", topic });
		}
	});

	test("nothing of one visitor's answers and ticks is left for the next", () => {
		expect(papers(answer("family"), tick("passport"), { type: "left" })).toEqual({ at: "languages" });
	});
});

test("the language that was used last comes first for the next visitor, and is all that stays", () => {
	const other: Untimed = { type: "language-selected", language: "zh-Hans", key: "state-two" };
	const again = { type: "language-ready", language: "zh-Hans" } as const;
	const { kiosk } = run(CHOOSE, READY, { type: "left" }, other, again, { type: "left" });
	expect(kiosk.recent).toEqual(["zh-Hans", "en"]);
	expect(run(CHOOSE, READY, { type: "left" }, CHOOSE, READY, { type: "left" }).kiosk.recent).toEqual(["en"]);
	// Tiles do not change places while the finger is still there.
	expect(run(CHOOSE, READY, { type: "left" }, other).kiosk.recent).toEqual(["en"]);
	expect(run(CHOOSE, READY, { type: "languages-requested" }).kiosk.recent).toEqual([]);
});
