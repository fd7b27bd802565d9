import type { CatalogueReview, FleetPicture, MadeEnrolmentCode } from "../../protocol/fleet.ts";
import type { Answer, Catalogue } from "./server.ts";

/* What the fleet's page shows, and what may come next: one pure reducer. */

export type View = "stations" | "catalogue";
/** What became of the last attempt to sign in: a code of the server, or that it did not answer. */
export type Trial = { kind: "none" | "asking" | "missed" } | { kind: "refused"; code: string };
/** Acts that are asked about once more. */
export type Doubt = "restart" | "shut-out";
/** What the last act came to. `code` is the server's where it refused. */
export type Said =
	| { good: true; act: "print-test" | "restart" | "set-topic" | "shut-out" }
	| { good: false; code: string };

export type Publication =
	| { at: "none" }
	| { at: "unreadable"; name: string }
	| { at: "asking"; name: string }
	| { at: "reviewed"; name: string; catalogue: Catalogue; review: CatalogueReview }
	| { at: "published"; name: string; version: number }
	| { at: "failed"; name: string; code: string };

export interface Looking {
	at: "looking";
	view: View;
	picture: FleetPicture;
	/** This machine's clock when the picture came, UTC milliseconds. */
	cameAt: number;
	/** False while the stream of pictures is broken. */
	live: boolean;
	filter: string;
	chosen: string | null;
	doubt: Doubt | null;
	code: MadeEnrolmentCode | null;
	said: Said | null;
	publication: Publication;
}

export type FleetState =
	| { at: "loading" }
	| { at: "away" }
	| { at: "entering"; ended: boolean; trial: Trial }
	| Looking;

export type FleetEvent =
	| { type: "looked"; answer: Answer<FleetPicture>; now: number }
	| { type: "picture"; picture: FleetPicture; now: number }
	| { type: "lost" }
	| { type: "asked-in" }
	| { type: "not-in"; trial: Trial }
	| { type: "signed-out" }
	| { type: "view"; view: View }
	| { type: "filter"; filter: string }
	| { type: "chosen"; station: string | null }
	| { type: "doubt"; doubt: Doubt | null }
	| { type: "code"; code: MadeEnrolmentCode | null }
	| { type: "said"; said: Said }
	| { type: "publication"; publication: Publication };

export function reduceFleet(state: FleetState, event: FleetEvent): FleetState {
	switch (event.type) {
		case "looked":
			if (event.answer.kind === "ok") return withPicture(state, event.answer.value, event.now);
			if (event.answer.kind === "refused")
				return { at: "entering", ended: state.at === "looking", trial: { kind: "none" } };
			return state.at === "looking" ? { ...state, live: false } : { at: "away" };
		case "picture":
			return withPicture(state, event.picture, event.now);
		case "asked-in":
			return state.at === "entering" ? { ...state, trial: { kind: "asking" } } : state;
		case "not-in":
			return state.at === "entering" ? { ...state, trial: event.trial } : state;
		case "signed-out":
			return { at: "entering", ended: false, trial: { kind: "none" } };
	}
	if (state.at !== "looking") return state;
	switch (event.type) {
		case "lost":
			return { ...state, live: false };
		case "view":
			return { ...state, view: event.view };
		case "filter":
			return { ...state, filter: event.filter };
		case "chosen":
			return { ...state, chosen: event.station, doubt: null, said: null };
		case "doubt":
			return { ...state, doubt: event.doubt, said: null };
		case "code":
			return { ...state, code: event.code, said: null };
		case "said":
			return { ...state, said: event.said, doubt: null };
		case "publication":
			return { ...state, publication: event.publication };
	}
}

function withPicture(state: FleetState, picture: FleetPicture, now: number): Looking {
	if (state.at !== "looking")
		return {
			at: "looking",
			view: "stations",
			picture,
			cameAt: now,
			live: true,
			filter: "",
			chosen: null,
			doubt: null,
			code: null,
			said: null,
			publication: { at: "none" },
		};
	// A code that a device has used is of no use to anybody any more.
	const made = state.code;
	const enrolled = picture.stations.find(({ id }) => id === made?.station);
	const isUsed = made !== null && enrolled !== undefined && enrolled.codeUntil === null;
	return { ...state, picture, cameAt: now, live: true, code: isUsed ? null : made };
}
