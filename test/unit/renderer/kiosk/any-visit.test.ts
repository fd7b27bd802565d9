import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { PRINT_STATES } from "../../../../protocol/model/print.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { firstKiosk, type Kiosk, type KioskEvent, MODES, USUAL_MODES } from "../../../../renderer/kiosk/state/state.ts";
import { sampleTicket, sampleTopics } from "../../../fixtures/kiosk-samples.ts";
import { ELSEWHERE, READY, TICK, TOPICS, type Untimed } from "./kiosk-states.ts";

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
		{ type: "other-sites-opened" },
		{ type: "people-set", people: 2 },
		{ type: "documents-missing" },
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
