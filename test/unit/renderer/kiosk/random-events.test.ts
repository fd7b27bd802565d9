import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { PRINT_STATES } from "../../../../protocol/model/print.ts";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { MODES, MODES_OFF } from "../../../../renderer/kiosk/state/modes.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk, type Kiosk } from "../../../../renderer/kiosk/state/state.ts";
import { sampleTicket, sampleTopics } from "../../../fixtures/kiosk-samples.ts";
import { OTHER_SITES, READY, TICK, TOPICS, type Untimed } from "./kiosk-states.ts";

const anyEvent: fc.Arbitrary<Untimed> = fc.oneof(
	fc.constantFrom<Untimed>(
		{ type: "touched" },
		TICK,
		{ type: "ticket-requested" },
		{ type: "went-back" },
		{ type: "languages-requested" },
		{ type: "left" },
		{ type: "stayed" },
		{ type: "staff-requested" },
		{ type: "overlay-closed" },
		{ type: "station-unreachable" },
		{ type: "screen-failed" },
		READY,
	),
	fc.constantFrom(...LANGUAGES).map((language): Untimed => ({ type: "language-selected", language, key: "state-one" })),
	fc.constantFrom<Untimed>(
		{ type: "plan-opened" },
		{ type: "search-opened" },
		{ type: "other-sites-opened" },
		{ type: "people-set", people: 2 },
		{ type: "documents-missing" },
		{ type: "papers-changed", papers: { answers: ["one"], ticked: ["passport"] } },
		{ type: "papers-changed", papers: { skipped: true } },
		{ type: "checklist-opened" },
		{ type: "read-aloud-opened" },
		{ type: "mode-switched", mode: "readAloud" },
		{ type: "check-in-opened" },
		{ type: "code-typed", typed: "AB-12" },
		{ type: "check-in-requested" },
		{ type: "check-in-refused", key: "state-one", result: "unknown" },
	),
	fc
		.constantFrom("free", "papers", "shut", "gone", "last", "night", "far", "nothing")
		.map((topic): Untimed => ({ type: "topic-selected", topic })),
	fc.nat(3).map((page): Untimed => ({ type: "page-turned", page })),
	fc.constantFrom(...MODES).map((mode): Untimed => ({ type: "mode-switched", mode })),
	fc.constantFrom(...PRINT_STATES).map(
		(state): Untimed => ({
			type: "ticket-updated",
			ticket: sampleTicket({ print: { state } }),
		}),
	),
	fc
		.constantFrom("state-one", "state-two")
		.map((key): Untimed => ({ type: "ticket-issued", key, ticket: sampleTicket() })),
	fc.constantFrom<Untimed>(
		{ type: "ticket-refused", key: "state-one", reason: "topic-gone" },
		{ type: "ticket-refused", key: "state-one", reason: "station-refused" },
		{ type: "ticket-refused", key: "state-one", reason: "full", topic: "other" },
		{ type: "ticket-refused", key: "state-one", reason: "site-closed" },
	),
	fc
		.constantFrom(...LANGUAGES)
		.map((language): Untimed => ({ type: "topics-received", topics: sampleTopics(language, TOPICS, OTHER_SITES) })),
);

const anyStory = fc.array(fc.tuple(anyEvent, fc.constantFrom(0, 20, 300, 5_000, 20_000, 61_000)), { maxLength: 60 });

const heldBy = (state: Kiosk["state"]) =>
	state.at === "languages" || state.at === "opening" ? state.visitor?.ticketInHand : undefined;
const isAsking = (state: Kiosk["state"]) => state.at === "check-in" && state.result === "pending";

test("whatever happens, only an asked ticket is issued and only an issued ticket is shown", () => {
	fc.assert(
		fc.property(anyStory, (story) => {
			let time = 0;
			let kiosk = initialKiosk(time);
			for (const [event, pause] of story) {
				time += pause;
				const before = kiosk;
				kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
				const [from, to] = [before.state.at, kiosk.state.at];
				if (from !== to && to === "issuing") expect(["topic-selected", "ticket-requested"]).toContain(event.type);
				if (from !== to && to === "ticket") {
					const given =
						event.type === "ticket-issued" && (["issuing", "refused"].includes(from) || isAsking(before.state));
					expect(given || heldBy(before.state) !== undefined).toBe(true);
				}
				if (to === "topics") expect(kiosk.topics[(kiosk.state as { language: "en" }).language]).toBeDefined();
			}
		}),
	);
});

test("whatever happened, left alone the kiosk is ready for the next visitor within three minutes", () => {
	fc.assert(
		fc.property(anyStory, (story) => {
			let time = 0;
			let kiosk = initialKiosk(time);
			for (const [event, pause] of story) {
				time += pause;
				kiosk = reduceKiosk(kiosk, { ...event, time } as KioskEvent);
			}
			for (let second = 0; second < 180; second++) {
				time += 1_000;
				kiosk = reduceKiosk(kiosk, { type: "ticked", time });
			}
			expect(kiosk.state.at).toBe("languages");
			expect(kiosk.modes).toEqual(MODES_OFF);
			expect(kiosk.overlay.kind).toBe("none");
		}),
	);
});
