import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk, type Kiosk } from "../../../../renderer/kiosk/state/state.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

/* Visits to a kiosk in the hand: events that happen to it, a second apart. */

export const TOPICS = [
	sampleTopic("free"),
	sampleTopic("papers", {
		rank: 2,
		needsDocuments: true,
		requiredDocuments: [{ id: "passport", name: "Passport" }],
	}),
	sampleTopic("shut", { rank: 3, availability: "closed" }),
	sampleTopic("gone", { rank: 4, availability: "full" }),
	sampleTopic("other", { rank: 5 }),
	sampleTopic("fourth", { rank: 6 }),
	sampleTopic("last", { rank: 7, availability: "last" }),
	sampleTopic("night", { rank: 8, availability: "site-closed" }),
];
export const OTHER_SITES = [sampleTopic("far")];

export type Untimed = KioskEvent extends infer Event ? (Event extends unknown ? Omit<Event, "time"> : never) : never;

/** A kiosk that events happen to, a second apart unless said otherwise. */
export function run(...events: (Untimed | number)[]): { kiosk: Kiosk; time: number } {
	let time = 1_000_000;
	let kiosk = initialKiosk(time);
	for (const language of ["zh-Hans", "en"] as const) {
		kiosk = reduceKiosk(kiosk, { type: "topics-received", time, topics: sampleTopics(language, TOPICS, OTHER_SITES) });
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

export const CHOOSE: Untimed = { type: "language-selected", language: "en", key: "state-one" };
export const READY: Untimed = { type: "language-ready", language: "en" };
export const TICK: Untimed = { type: "ticked" };
export const ISSUED: Untimed = { type: "ticket-issued", key: "state-one", ticket: sampleTicket() };
