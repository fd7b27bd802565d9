import type { Answer } from "../../../api-client/answer.ts";
import type {
	CatalogueReview,
	CreatedEnrolmentCode,
	FleetCommand,
	FleetMessage,
	FleetNames,
	FleetSnapshot,
} from "../../../protocol/api/fleet.ts";
import { withChanges } from "../../../protocol/api/fleet-changes.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { Severity } from "./classify.ts";

/* What the fleet's page shows, and what may come next: one pure reducer. */

export type View = "stations" | "statistics" | "catalogue";
/** The result of the last attempt to sign in. */
export type Attempt = { kind: "none" | "pending" | "unreachable" } | { kind: "refused"; code: string };
/** Actions that need a confirmation. */
export type ConfirmedAction = "restart" | "revoke" | "remove";
/** Why the last action failed: the server's code, or "unreachable". A success shows in the snapshot. */
export interface Refused {
	code: string;
}

/** A catalogue's files by name. */
export type Catalogue = Readonly<Record<string, unknown>>;

export type Publication =
	| { at: "none" }
	| { at: "unreadable"; name: string }
	| { at: "pending"; name: string }
	| { at: "reviewed"; name: string; catalogue: Catalogue; review: CatalogueReview }
	| { at: "published"; name: string; version: number }
	| { at: "failed"; name: string; code: string };

export interface SignedIn {
	at: "signed-in";
	view: View;
	snapshot: FleetSnapshot;
	/** This machine's clock when the snapshot arrived, UTC milliseconds. */
	receivedAt: number;
	/** False while the stream is broken. */
	live: boolean;
	/** Null until they are loaded. */
	names: FleetNames | null;
	filter: string;
	severity: Severity | null;
	/** From 0. */
	page: number;
	chosen: string | null;
	/** Commands of the selected station that are older than the snapshot's; `end`: there are no more. */
	older: { commands: readonly FleetCommand[]; end: boolean };
	confirming: ConfirmedAction | null;
	/** Whether the form for a new site is open. */
	enrolling: boolean;
	code: CreatedEnrolmentCode | null;
	refused: Refused | null;
	publication: Publication;
}

export type FleetState =
	| { at: "loading" }
	| { at: "unavailable" }
	| { at: "signed-out"; ended: boolean; attempt: Attempt }
	| SignedIn;

export type FleetEvent =
	| { type: "session"; answer: Answer<{ administrator: string }> }
	| { type: "message"; message: FleetMessage; now: number }
	| { type: "names"; names: FleetNames }
	| { type: "lost" }
	| { type: "sign-in-started" }
	| { type: "sign-in-failed"; attempt: Attempt }
	| { type: "signed-out" }
	| { type: "view"; view: View }
	| { type: "filter"; filter: string }
	| { type: "severity"; severity: Severity | null }
	| { type: "page"; page: number }
	| { type: "chosen"; station: StationId | null }
	| { type: "confirming"; confirming: ConfirmedAction | null }
	| { type: "older"; commands: readonly FleetCommand[] }
	| { type: "enrolling"; enrolling: boolean }
	| { type: "code"; code: CreatedEnrolmentCode | null }
	| { type: "done" }
	| { type: "refused"; refused: Refused }
	| { type: "publication"; publication: Publication };

export function reduceFleet(state: FleetState, event: FleetEvent): FleetState {
	switch (event.type) {
		case "session":
			// After sign-in the page waits for the first snapshot.
			if (event.answer.kind === "ok") return state;
			if (event.answer.kind === "refused")
				return { at: "signed-out", ended: state.at === "signed-in", attempt: { kind: "none" } };
			return state.at === "signed-in" ? { ...state, live: false } : { at: "unavailable" };
		case "message":
			return withMessage(state, event.message, event.now);
		case "sign-in-started":
			return state.at === "signed-out" ? { ...state, attempt: { kind: "pending" } } : state;
		case "sign-in-failed":
			return state.at === "signed-out" ? { ...state, attempt: event.attempt } : state;
		case "signed-out":
			return { at: "signed-out", ended: false, attempt: { kind: "none" } };
		default:
			break;
	}
	if (state.at !== "signed-in") return state;
	switch (event.type) {
		case "lost":
			return { ...state, live: false };
		case "view":
			return { ...state, view: event.view };
		case "filter":
			return { ...state, filter: event.filter, page: 0 };
		case "severity":
			return { ...state, severity: event.severity, page: 0 };
		case "page":
			return { ...state, page: event.page };
		case "names":
			return { ...state, names: event.names };
		case "chosen":
			return { ...state, chosen: event.station, older: NONE_ASKED, confirming: null, refused: null };
		case "older":
			return {
				...state,
				older: { commands: [...state.older.commands, ...event.commands], end: event.commands.length === 0 },
			};
		case "confirming":
			return { ...state, confirming: event.confirming, refused: null };
		case "enrolling":
			return { ...state, enrolling: event.enrolling, code: null, refused: null };
		case "code":
			return { ...state, code: event.code, enrolling: false, refused: null };
		case "done":
			return { ...state, refused: null, confirming: null };
		case "refused":
			return { ...state, refused: event.refused, confirming: null };
		case "publication":
			return { ...state, publication: event.publication };
		default:
			return event satisfies never;
	}
}

const NONE_ASKED = { commands: [], end: false } as const;

function withMessage(state: FleetState, message: FleetMessage, now: number): FleetState {
	if (state.at !== "signed-in") {
		// Changes without a snapshot mean nothing.
		if (message.kind === "changes") return state;
		return {
			at: "signed-in",
			view: "stations",
			snapshot: message.snapshot,
			receivedAt: now,
			live: true,
			names: null,
			filter: "",
			severity: null,
			page: 0,
			chosen: null,
			older: NONE_ASKED,
			confirming: null,
			enrolling: false,
			code: null,
			refused: null,
			publication: { at: "none" },
		};
	}
	const snapshot = message.kind === "whole" ? message.snapshot : withChanges(state.snapshot, message.changes);
	// A device has used the code.
	const made = state.code;
	const enrolled = made && snapshot.stations.find(({ id }) => id === made.station);
	const isUsed = enrolled?.codeUntil === null;
	return { ...state, snapshot, receivedAt: now, live: true, code: isUsed ? null : made };
}
