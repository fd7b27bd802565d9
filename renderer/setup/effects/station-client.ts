import type { AnswerTo } from "../../../api-client/client.ts";
import { createStationClient, type StationClient } from "../../../api-client/station-client.ts";
import type { StationEnrolmentRequest } from "../../../protocol/api/station-enrolment.ts";
import type { DeviceKind } from "../../../protocol/model/device.ts";

/** The station as the setup page speaks to it. */
export interface Station {
	ownDevice(): Promise<AnswerTo<StationClient["device"]["read"]>>;
	pair(code: string): Promise<AnswerTo<StationClient["device"]["pair"]>>;
	/** The rest needs a supervisor's token. */
	devices(token: string): Promise<AnswerTo<StationClient["devices"]["list"]>>;
	createCode(
		token: string,
		device: { kind: DeviceKind; name: string },
	): Promise<AnswerTo<StationClient["devices"]["createCode"]>>;
	remove(token: string, id: string): Promise<AnswerTo<StationClient["devices"]["remove"]>>;
	enrolment(token: string): Promise<AnswerTo<StationClient["enrolment"]["read"]>>;
	enrol(token: string, request: StationEnrolmentRequest): Promise<AnswerTo<StationClient["enrolment"]["enrol"]>>;
}

/** The station gives the central server 15 s to answer (station/sync/enrolment/enrol-station.ts). */
const ENROLMENT_TIMEOUT_MS = 20_000;

export function openStation(fetch?: typeof globalThis.fetch): Station {
	const client = createStationClient(fetch && { fetch });
	return {
		ownDevice: () => client.device.read(),
		pair: (code) => client.device.pair({ code }),
		devices: (token) => client.devices.list(undefined, { token }),
		createCode: (token, device) => client.devices.createCode(device, { token }),
		remove: (token, id) => client.devices.remove({ id }, { token }),
		enrolment: (token) => client.enrolment.read(undefined, { token }),
		enrol: (token, request) => client.enrolment.enrol(request, { token, timeoutMs: ENROLMENT_TIMEOUT_MS }),
	};
}

/** The session of whoever is signed in at the desk in this very tab; the desk keeps it there (desk/memory.ts). */
export function savedToken(storage: Pick<Storage, "getItem">): string | null {
	try {
		const kept = JSON.parse(storage.getItem("paihao.desk.session") ?? "null") as { token?: unknown } | null;
		return typeof kept?.token === "string" ? kept.token : null;
	} catch {
		return null;
	}
}
