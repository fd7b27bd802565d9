import type {
	CatalogueReview,
	CreatedEnrolmentCode,
	FleetCommand,
	FleetNames,
	FleetSnapshot,
} from "../../../protocol/api/fleet.ts";
import { type FleetMessage, withChanges } from "../../../protocol/api/fleet-changes.ts";
import type { Answer, Catalogue } from "../effects/server-client.ts";
import type { Severity } from "./classify.ts";

/* What the fleet's page shows, and what may come next: one pure reducer. */

export type View = "stations" | "catalogue";
/** What became of the last attempt to sign in: a code of the server, or that it did not answer. */
export type Trial = { kind: "none" | "asking" | "missed" } | { kind: "refused"; code: string };
/** Acts that are asked about once more. */
export type Doubt = "restart" | "revoke" | "remove";
/** What the last act was refused with: a code of the server, or that it did not answer. What was done shows itself. */
export interface Refused {
	code: string;
}

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
	picture: FleetSnapshot;
	/** This machine's clock when the picture came, UTC milliseconds. */
	cameAt: number;
	/** False while the stream of pictures is broken. */
	live: boolean;
	/** Null until they came. */
	names: FleetNames | null;
	filter: string;
	severity: Severity | null;
	/** From 0. */
	page: number;
	chosen: string | null;
	/** Commands of the chosen station that are older than the picture's; `end`: there are no more. */
	older: { commands: readonly FleetCommand[]; end: boolean };
	doubt: Doubt | null;
	/** Whether a site is being chosen that is to have its first device. */
	enrolling: boolean;
	code: CreatedEnrolmentCode | null;
	refused: Refused | null;
	publication: Publication;
}

export type FleetState =
	| { at: "loading" }
	| { at: "unavailable" }
	| { at: "entering"; ended: boolean; trial: Trial }
	| Looking;

export type FleetEvent =
	| { type: "session"; answer: Answer<{ administrator: string }> }
	| { type: "message"; message: FleetMessage; now: number }
	| { type: "names"; names: FleetNames }
	| { type: "lost" }
	| { type: "asked-in" }
	| { type: "not-in"; trial: Trial }
	| { type: "signed-out" }
	| { type: "view"; view: View }
	| { type: "filter"; filter: string }
	| { type: "standing"; severity: Severity | null }
	| { type: "page"; page: number }
	| { type: "chosen"; station: string | null }
	| { type: "doubt"; doubt: Doubt | null }
	| { type: "older"; commands: readonly FleetCommand[] }
	| { type: "enrolling"; enrolling: boolean }
	| { type: "code"; code: CreatedEnrolmentCode | null }
	| { type: "done" }
	| { type: "refused"; refused: Refused }
	| { type: "publication"; publication: Publication };

export function reduceFleet(state: FleetState, event: FleetEvent): FleetState {
	switch (event.type) {
		case "session":
			// Who is let in sees nothing else before the first picture comes.
			if (event.answer.kind === "ok") return state;
			if (event.answer.kind === "refused")
				return { at: "entering", ended: state.at === "looking", trial: { kind: "none" } };
			return state.at === "looking" ? { ...state, live: false } : { at: "unavailable" };
		case "message":
			return withMessage(state, event.message, event.now);
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
			return { ...state, filter: event.filter, page: 0 };
		case "standing":
			return { ...state, severity: event.severity, page: 0 };
		case "page":
			return { ...state, page: event.page };
		case "names":
			return { ...state, names: event.names };
		case "chosen":
			return { ...state, chosen: event.station, older: NONE_ASKED, doubt: null, refused: null };
		case "older":
			return {
				...state,
				older: { commands: [...state.older.commands, ...event.commands], end: event.commands.length === 0 },
			};
		case "doubt":
			return { ...state, doubt: event.doubt, refused: null };
		case "enrolling":
			return { ...state, enrolling: event.enrolling, code: null, refused: null };
		case "code":
			return { ...state, code: event.code, enrolling: false, refused: null };
		case "done":
			return { ...state, refused: null, doubt: null };
		case "refused":
			return { ...state, refused: event.refused, doubt: null };
		case "publication":
			return { ...state, publication: event.publication };
	}
}

const NONE_ASKED = { commands: [], end: false } as const;

function withMessage(state: FleetState, message: FleetMessage, now: number): FleetState {
	if (state.at !== "looking") {
		// Changes of a picture that nobody has say nothing.
		if (message.kind === "changes") return state;
		return {
			at: "looking",
			view: "stations",
			picture: message.picture,
			cameAt: now,
			live: true,
			names: null,
			filter: "",
			severity: null,
			page: 0,
			chosen: null,
			older: NONE_ASKED,
			doubt: null,
			enrolling: false,
			code: null,
			refused: null,
			publication: { at: "none" },
		};
	}
	const picture = message.kind === "whole" ? message.picture : withChanges(state.picture, message.changes);
	// A code that a device has used is of no use to anybody any more.
	const made = state.code;
	const enrolled = made && picture.stations.find(({ id }) => id === made.station);
	const isUsed = enrolled?.codeUntil === null;
	return { ...state, picture, cameAt: now, live: true, code: isUsed ? null : made };
}
