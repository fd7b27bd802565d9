import type { CreatedCode, DeviceKind, OwnDevice, PairedDevice } from "../../../protocol/model/device.ts";
import type { StationNetwork } from "../../../protocol/model/network.ts";
import type { StationEnrolment } from "../../../protocol/sync/enrolment.ts";
import type { Answer, Managed } from "../effects/station-client.ts";

/* What the pairing page shows, and what may come next: one pure reducer. */

export const CODE_LENGTH = 8;

/** What became of the last code that was typed. */
export type Trial = "none" | "asking" | "PAIRING_CODE_UNKNOWN" | "PAIRING_RATE_LIMITED" | "missed";

export interface Made extends CreatedCode {
	kind: DeviceKind;
	name: string;
}

export type SetupState =
	| { at: "loading" }
	| { at: "unavailable" }
	/** A stranger on the network: the code is typed here. */
	| { at: "entering"; typed: string; trial: Trial }
	| { at: "paired"; device: Pick<PairedDevice, "kind" | "name"> }
	/** The station's own machine, with nobody signed in who may manage devices. */
	| { at: "set-up"; network: StationNetwork }
	| {
			at: "managing";
			network: StationNetwork;
			devices: readonly PairedDevice[];
			/** The code to read out. */
			made: Made | null;
			/** The device that staff are asked about once more before it is shut out. */
			removing: string | null;
			failed: boolean;
			/** How the station stands to the central server; null until it said. */
			enrolment: StationEnrolment | null;
			enrolling: Enrolling;
	  };

/** What became of the last try to enrol the station; a word where it failed: why. */
export type Enrolling = "none" | "asking" | "done" | { failed: string };

export type SetupEvent =
	| { type: "own-device"; answer: Answer<OwnDevice> }
	| { type: "typed"; text: string }
	| { type: "asked" }
	| { type: "answered"; answer: Answer<PairedDevice> }
	| { type: "managed"; managed: Managed }
	| { type: "made"; made: Made }
	| { type: "removing"; id: string | null }
	| { type: "failed" }
	| { type: "enrolment"; enrolment: StationEnrolment }
	| { type: "enrolling" }
	| { type: "enrolled"; answer: Answer<StationEnrolment> };

export function reduceSetup(state: SetupState, event: SetupEvent): SetupState {
	switch (event.type) {
		case "own-device":
			if (event.answer.kind !== "ok") return { at: "unavailable" };
			return seenFrom(event.answer.value);
		case "typed":
			if (state.at !== "entering" || state.trial === "asking") return state;
			return { at: "entering", typed: digitsOf(event.text), trial: "none" };
		case "asked":
			return state.at === "entering" ? { ...state, trial: "asking" } : state;
		case "answered":
			if (state.at !== "entering") return state;
			if (event.answer.kind === "ok") return { at: "paired", device: event.answer.value };
			// What missed the station may be sent again as it stands; a wrong code is begun anew.
			if (event.answer.kind === "missed") return { ...state, trial: "missed" };
			return {
				at: "entering",
				typed: "",
				trial: event.answer.code === "PAIRING_RATE_LIMITED" ? "PAIRING_RATE_LIMITED" : "PAIRING_CODE_UNKNOWN",
			};
		case "managed": {
			const { network, devices } = event.managed;
			const before = state.at === "managing" ? state : null;
			// A code that was used has done its work: a device of its kind and name has come.
			const isUsed = before?.made && devices.length > before.devices.length;
			return {
				at: "managing",
				network,
				devices,
				made: isUsed ? null : (before?.made ?? null),
				removing: before?.removing ?? null,
				failed: false,
				enrolment: before?.enrolment ?? null,
				enrolling: before?.enrolling ?? "none",
			};
		}
		case "made":
			return state.at === "managing" ? { ...state, made: event.made, failed: false } : state;
		case "removing":
			return state.at === "managing" ? { ...state, removing: event.id } : state;
		case "failed":
			return state.at === "managing" ? { ...state, failed: true } : state;
		case "enrolment":
			return state.at === "managing" ? { ...state, enrolment: event.enrolment } : state;
		case "enrolling":
			return state.at === "managing" ? { ...state, enrolling: "asking" } : state;
		case "enrolled": {
			if (state.at !== "managing") return state;
			const { answer } = event;
			if (answer.kind === "ok") return { ...state, enrolment: answer.value, enrolling: "done" };
			const failed = answer.kind === "missed" ? "missed" : (answer.reason ?? answer.code);
			return { ...state, enrolling: { failed } };
		}
	}
}

/** The code that the server's page shows as a picture, as a scanner types it: the address, and the code behind its #. */
export function readScanned(text: string): { server: string; code: string } | undefined {
	const [, server, code] = /^\s*(https?:\/\/[^#\s]+?)\/?#([0-9A-Za-z]{10})\s*$/.exec(text) ?? [];
	return server === undefined || code === undefined ? undefined : { server, code };
}

function seenFrom({ from, device, network }: OwnDevice): SetupState {
	if (device !== null) return { at: "paired", device };
	if (from === "machine" && network !== null) return { at: "set-up", network };
	return { at: "entering", typed: "", trial: "none" };
}

/** Keyboards may send full-width digits, spaces and dashes. */
export function digitsOf(text: string): string {
	return text.normalize("NFKC").replace(/\D/g, "").slice(0, CODE_LENGTH);
}

/** Two groups of four, as they are read out. */
export function groupCode(digits: string): string {
	return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
}

/** The fingerprint's pairs of digits, each with its place: they are shown eight to a line, to follow with a finger. */
export function pairsOf(fingerprint: string): { place: number; pair: string }[] {
	return fingerprint.split(":").map((pair, place) => ({ place, pair }));
}
