import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { PRINT_STATES } from "../../../../protocol/model/print.ts";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk, type Kiosk } from "../../../../renderer/kiosk/state/state.ts";
import {
	IDLE_AFTER_MS,
	IDLE_WARNING_MS,
	ISSUING_TIMEOUT_MS,
	LANGUAGE_CHOICE_TIMEOUT_MS,
	OPENING_TIMEOUT_MS,
} from "../../../../renderer/kiosk/state/timing.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

/* A visitor who asks for another language is the same visitor: what is theirs comes along, and nobody else gets it. */

const TOPICS = [sampleTopic("free"), sampleTopic("papers", { rank: 2, needsDocuments: true })];
type Untimed = KioskEvent extends infer Event ? (Event extends unknown ? Omit<Event, "time"> : never) : never;

/** A kiosk to which things happen, a second apart unless said otherwise. */
function happened(...events: (Untimed | number)[]): Kiosk {
	let time = 0;
	let kiosk = initialKiosk(time);
	for (const language of LANGUAGES)
		kiosk = reduceKiosk(kiosk, { type: "topics-received", time, topics: sampleTopics(language, TOPICS) });
	for (const event of events) {
		if (typeof event === "number") time += event;
		else {
			time += 1_000;
			kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
		}
	}
	return kiosk;
}

const CODE = "7K3M9QTWX2";
const ISSUED: Untimed = { type: "ticket-issued", key: "first", ticket: { ...sampleTicket(), code: CODE } };
const choose = (language: "en" | "ar", key: string): Untimed => ({ type: "language-selected", language, key });
const ready = (language: "en" | "ar"): Untimed => ({ type: "language-ready", language });
const TO_TICKET = [choose("en", "first"), ready("en"), { type: "topic-selected", topic: "free" }, ISSUED] as const;
const MISSING: Untimed = { type: "ticket-updated", ticket: sampleTicket({ print: { state: "failed" } }) };
const ASKED: Untimed = { type: "languages-requested" };
const TICK: Untimed = { type: "ticked" };

describe("another language", () => {
	test("shows the ticket again in it, with its code, though the paper is missing", () => {
		const kiosk = happened(...TO_TICKET, MISSING, ASKED, choose("ar", "second"), ready("ar"));
		expect(kiosk.state).toMatchObject({ at: "ticket", language: "ar", key: "first", paper: "missing", code: CODE });
		expect(kiosk.state).toMatchObject({ ticket: { number: "A001" } });
	});

	test("that nobody chooses, or that does not come, brings the ticket back in the one before", () => {
		expect(happened(...TO_TICKET, ASKED, LANGUAGE_CHOICE_TIMEOUT_MS - 3_000, TICK).state.at).toBe("languages");
		const back = { at: "ticket", language: "en", code: CODE };
		expect(happened(...TO_TICKET, ASKED, LANGUAGE_CHOICE_TIMEOUT_MS, TICK).state).toMatchObject(back);
		expect(happened(...TO_TICKET, ASKED, choose("ar", "second"), OPENING_TIMEOUT_MS, TICK).state).toMatchObject(back);
	});

	test("keeps the state's key also where no number was given yet, so that the station knows it again", () => {
		const refused = [...TO_TICKET.slice(0, 3), ISSUING_TIMEOUT_MS, TICK] as const;
		const again = happened(...refused, ASKED, choose("ar", "second"), ready("ar"), {
			type: "topic-selected",
			topic: "free",
		});
		expect(again.state).toMatchObject({ at: "issuing", language: "ar", key: "first" });
	});

	test("leaves the next visitor nothing, also where somebody went away from the languages", () => {
		const left = happened(choose("en", "first"), ready("en"), ASKED, IDLE_AFTER_MS, TICK, IDLE_WARNING_MS, TICK);
		expect(left.state).toEqual({ at: "languages" });
		const gone = happened(...TO_TICKET, ASKED, choose("ar", "second"), ready("ar"), { type: "left" });
		expect(gone.state).toEqual({ at: "languages" });
		expect(gone.recent).toEqual(["ar"]);
	});
});

describe("a number that nobody answered for", () => {
	const GIVEN_UP = [...TO_TICKET.slice(0, 3), ISSUING_TIMEOUT_MS, TICK] as const;
	const CHECKING: readonly Untimed[] = [
		choose("en", "first"),
		ready("en"),
		{ type: "check-in-opened" },
		{ type: "code-typed", typed: "AB12" },
		{ type: "check-in-requested" },
	];

	test("is said to be none, in the visitor's language, and staff are called without being asked", () => {
		for (const kiosk of [happened(...GIVEN_UP), happened(...CHECKING, ISSUING_TIMEOUT_MS, TICK)]) {
			expect(kiosk.state).toMatchObject({ at: "refused", language: "en", key: "first" });
			expect(kiosk.overlay).toMatchObject({ kind: "staff", call: "sending" });
		}
	});

	test("does not call twice where staff were called before", () => {
		const called = happened(...TO_TICKET.slice(0, 3), { type: "staff-requested" }, TICK, ISSUING_TIMEOUT_MS, TICK);
		expect(called.overlay).toMatchObject({ requestedAt: 4_000 });
		expect(called.state.at).toBe("refused");
	});

	test("is shown all the same when its answer comes late; another state's is not", () => {
		expect(happened(...GIVEN_UP, ISSUED).state).toMatchObject({ at: "ticket", code: CODE });
		expect(happened(...GIVEN_UP, { ...ISSUED, key: "other" } as Untimed).state.at).toBe("refused");
	});

	test("is left for the next visitor after a minute and the warning", () => {
		expect(happened(...GIVEN_UP, IDLE_AFTER_MS - 2_000, TICK).overlay.kind).toBe("staff");
		const warned = [...GIVEN_UP, IDLE_AFTER_MS, TICK] as const;
		expect(happened(...warned)).toMatchObject({ state: { at: "refused" }, overlay: { kind: "idle" } });
		expect(happened(...warned, IDLE_WARNING_MS, TICK).state).toEqual({ at: "languages" });
	});
});

describe("a call for staff", () => {
	const RECEIVED = (requestedAt: number): Untimed => ({ type: "staff-call-changed", requestedAt, call: "received" });

	test("can be made while the screen warns, and counts as staying", () => {
		const kiosk = happened(
			choose("en", "first"),
			ready("en"),
			IDLE_AFTER_MS,
			TICK,
			{ type: "staff-requested" },
			30_000,
			TICK,
		);
		expect(kiosk.overlay).toMatchObject({ kind: "staff", call: "sending" });
		expect(kiosk.state.at).toBe("topics");
	});

	test("is answered by its own answer alone", () => {
		const again = [{ type: "staff-requested" }, { type: "overlay-closed" }, { type: "staff-requested" }] as const;
		expect(happened(...again, RECEIVED(1_000)).overlay).toMatchObject({ call: "sending" });
		expect(happened(...again, RECEIVED(3_000)).overlay).toMatchObject({ call: "received" });
	});

	test("outlives a screen that breaks", () => {
		const kiosk = happened(choose("en", "first"), ready("en"), { type: "staff-requested" }, { type: "screen-failed" });
		expect([kiosk.state.at, kiosk.overlay.kind]).toEqual(["languages", "staff"]);
	});
});

type Step =
	/** What a visitor who knows the way would do. */
	| { goes: "on" }
	| { does: Untimed }
	/** The station writes the number that is asked for, if one is, and its answer comes or is lost. */
	| { station: "answers" | "answers too late" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.oneof(
				fc.constantFrom<Untimed>(
					...[
						TICK,
						ASKED,
						{ type: "ticket-requested" },
						{ type: "went-back" },
						{ type: "left" },
						{ type: "stayed" },
					].map((event) => event as Untimed),
					{ type: "staff-requested" },
					{ type: "overlay-closed" },
					{ type: "touched" },
					{ type: "station-unreachable" },
					{ type: "mode-switched", mode: "contrast" },
				),
				fc.constantFrom("free", "papers").map((topic): Untimed => ({ type: "topic-selected", topic })),
				fc.constantFrom("en", "ar").map((language) => choose(language as "en", "")),
				fc.constantFrom("en", "ar").map((language) => ready(language as "en")),
				fc
					.constantFrom(...PRINT_STATES)
					.map((state): Untimed => ({ type: "ticket-updated", ticket: sampleTicket({ print: { state } }) })),
			)
			.map((does) => ({ does })),
	},
	{
		weight: 9,
		arbitrary: fc.constantFrom<Step>({ goes: "on" }, { station: "answers" }, { station: "answers too late" }),
	},
);
const anyStory = fc.array(fc.tuple(anyStep, fc.constantFrom(300, 1_000, 5_000, 21_000, 31_000, 61_000)), {
	minLength: 10,
	maxLength: 80,
});

function onFrom({ state }: Kiosk): Untimed {
	if (state.at === "languages") return choose("ar", "");
	if (state.at === "opening") return { type: "language-ready", language: state.language };
	if (state.at === "topics") return { type: "topic-selected", topic: "free" };
	return state.at === "documents" ? { type: "ticket-requested" } : ASKED;
}

const isNext = ({ state }: Kiosk) => state.at === "languages" && !state.visitor;

test("whatever happens, one state never yields two tickets, and the next visitor gets nothing of it", () => {
	let shown = 0;
	let carried = 0;
	fc.assert(
		fc.property(anyStory, (story) => {
			let time = 0;
			let kiosk = happened();
			let visits = 0;
			let keys = 0;
			/** What the station wrote, by the state in which it was asked: one ticket for a key, however often it is asked. */
			const written = new Map<number, Set<string>>();
			for (const [step, pause] of story) {
				time += pause;
				const before = kiosk;
				let event: Untimed | undefined = "goes" in step ? onFrom(kiosk) : undefined;
				if ("does" in step) {
					event = step.does;
				} else if ("station" in step && kiosk.state.at === "issuing") {
					const { key } = kiosk.state;
					written.set(visits, (written.get(visits) ?? new Set()).add(key));
					if (step.station === "answers")
						event = {
							type: "ticket-issued",
							key,
							ticket: { ...sampleTicket({ number: "A001" }), code: `${CODE} ${key}` },
						};
				}
				keys += 1;
				if (event?.type === "language-selected") event = { ...event, key: `key ${keys}` };
				if (event) kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
				if (isNext(kiosk) && !isNext(before)) visits += 1;
				expect(written.get(visits)?.size ?? 0).toBeLessThanOrEqual(1);
				if (isNext(kiosk)) expect(JSON.stringify(kiosk)).not.toContain(CODE);
				if (kiosk.state.at === "ticket") {
					shown += 1;
					const [key] = written.get(visits) ?? [];
					expect(kiosk.state.code).toBe(`${CODE} ${key}`);
					if (before.state.at === "opening") carried += 1;
				}
			}
		}),
		{ numRuns: 500 },
	);
	// The stories are of use: tickets are shown, and some of them in another language.
	expect(shown).toBeGreaterThan(0);
	expect(carried).toBeGreaterThan(0);
});
