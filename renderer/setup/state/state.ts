import type { AnswerTo, ValueOf } from "../../../api-client/client.ts";
import type { StationClient } from "../../../api-client/station-client.ts";
import type { StationEnrolment } from "../../../protocol/api/station-enrolment.ts";
import type { CreatedCode, DeviceKind, OwnDevice, PairedDevice } from "../../../protocol/model/device.ts";
import type { StationNetwork } from "../../../protocol/model/network.ts";

/* The setup page's state and its one pure reducer. */

/** What a supervisor manages here. */
export type Managed = ValueOf<StationClient["devices"]["list"]>;

export const CODE_LENGTH = 8;

/** The result of the last code that was typed. */
export type PairingStatus = "none" | "pending" | "PAIRING_CODE_UNKNOWN" | "PAIRING_RATE_LIMITED" | "unreachable";

export interface NewCode extends CreatedCode {
	kind: DeviceKind;
	name: string;
}

export type SetupState =
	| { at: "loading" }
	| { at: "unavailable" }
	/** A device that is not paired: somebody types a code. */
	| { at: "pairing"; typed: string; pairing: PairingStatus }
	| { at: "paired"; device: Pick<PairedDevice, "kind" | "name"> }
	/** The station's own machine, without a supervisor's session. */
	| { at: "local"; network: StationNetwork }
	| {
			at: "managing";
			network: StationNetwork;
			devices: readonly PairedDevice[];
			/** The code to read out. */
			newCode: NewCode | null;
			/** The device whose removal waits for a confirmation. */
			removing: string | null;
			failed: boolean;
			/** The station's enrolment at the central server; null until the station answered. */
			enrolment: StationEnrolment | null;
			enrolling: Enrolling;
	  };

/** The result of the last enrolment; `failed` holds the reason. */
export type Enrolling = "none" | "pending" | "done" | { failed: string };

export type SetupEvent =
	| { type: "own-device"; answer: AnswerTo<StationClient["device"]["read"]> }
	| { type: "typed"; text: string }
	| { type: "pairing-started" }
	| { type: "pairing-answered"; answer: AnswerTo<StationClient["device"]["pair"]> }
	| { type: "devices"; managed: Managed }
	| { type: "code-created"; newCode: NewCode }
	| { type: "removal-asked"; id: string | null }
	| { type: "failed" }
	| { type: "enrolment"; enrolment: StationEnrolment }
	| { type: "enrolment-started" }
	| { type: "enrolment-answered"; answer: AnswerTo<StationClient["enrolment"]["enrol"]> };

export function reduceSetup(state: SetupState, event: SetupEvent): SetupState {
	switch (event.type) {
		case "own-device":
			if (event.answer.kind !== "ok") return { at: "unavailable" };
			return stateOf(event.answer.value);
		case "typed":
			if (state.at !== "pairing" || state.pairing === "pending") return state;
			return { at: "pairing", typed: digitsOf(event.text), pairing: "none" };
		case "pairing-started":
			return state.at === "pairing" ? { ...state, pairing: "pending" } : state;
		case "pairing-answered":
			if (state.at !== "pairing") return state;
			if (event.answer.kind === "ok") return { at: "paired", device: event.answer.value };
			// A code that did not reach the station can be sent again; a wrong one must be typed again.
			if (event.answer.kind === "unreachable") return { ...state, pairing: "unreachable" };
			return {
				at: "pairing",
				typed: "",
				pairing: event.answer.code === "PAIRING_RATE_LIMITED" ? "PAIRING_RATE_LIMITED" : "PAIRING_CODE_UNKNOWN",
			};
		case "devices": {
			const { network, devices } = event.managed;
			const before = state.at === "managing" ? state : null;
			// A new device means that the code was used.
			const isUsed = before?.newCode && devices.length > before.devices.length;
			return {
				at: "managing",
				network,
				devices,
				newCode: isUsed ? null : (before?.newCode ?? null),
				removing: before?.removing ?? null,
				failed: false,
				enrolment: before?.enrolment ?? null,
				enrolling: before?.enrolling ?? "none",
			};
		}
		case "code-created":
			return state.at === "managing" ? { ...state, newCode: event.newCode, failed: false } : state;
		case "removal-asked":
			return state.at === "managing" ? { ...state, removing: event.id } : state;
		case "failed":
			return state.at === "managing" ? { ...state, failed: true } : state;
		case "enrolment":
			return state.at === "managing" ? { ...state, enrolment: event.enrolment } : state;
		case "enrolment-started":
			return state.at === "managing" ? { ...state, enrolling: "pending" } : state;
		case "enrolment-answered": {
			if (state.at !== "managing") return state;
			const { answer } = event;
			if (answer.kind === "ok") return { ...state, enrolment: answer.value, enrolling: "done" };
			return { ...state, enrolling: { failed: failureOf(answer) } };
		}
	}
}

/** Why the station was not enrolled: the server's reason where there is one. */
function failureOf(answer: Exclude<AnswerTo<StationClient["enrolment"]["enrol"]>, { kind: "ok" }>): string {
	if (answer.kind === "unreachable") return "unreachable";
	return answer.code === "ENROLMENT_FAILED" ? answer.data.reason : answer.code;
}

/** The QR code of the server's page, as a scanner types it: the address, and the code after its #. */
export function readScanned(text: string): { server: string; code: string } | undefined {
	const [, server, code] = /^\s*(https?:\/\/[^#\s]+?)\/?#([0-9A-Za-z]{10})\s*$/.exec(text) ?? [];
	return server === undefined || code === undefined ? undefined : { server, code };
}

function stateOf({ from, device, network }: OwnDevice): SetupState {
	if (device !== null) return { at: "paired", device };
	if (from === "machine" && network !== null) return { at: "local", network };
	return { at: "pairing", typed: "", pairing: "none" };
}

/** Keyboards may send full-width digits, spaces and dashes. */
function digitsOf(text: string): string {
	return text.normalize("NFKC").replace(/\D/g, "").slice(0, CODE_LENGTH);
}

/** Two groups of four, as they are read out. */
export function groupCode(digits: string): string {
	return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
}

/** The fingerprint's pairs of digits, each with its index. The page shows eight to a line, so that people can follow them with a finger. */
export function pairsOf(fingerprint: string): { index: number; pair: string }[] {
	return fingerprint.split(":").map((pair, index) => ({ index, pair }));
}
