import type { CreatedCode, DeviceKind, OwnDevice, PairedDevice } from "../../../protocol/model/device.ts";
import type { StationNetwork } from "../../../protocol/model/network.ts";
import type { StationEnrolment, StationEnrolmentRequest } from "../../../protocol/sync/enrolment.ts";

/** The station as the pairing page speaks to it. */

export type Answer<T> =
	| { kind: "ok"; value: T }
	/** `reason` where the code alone does not say enough. */
	| { kind: "refused"; code: string; reason: string | null }
	| { kind: "missed" };

export interface Managed {
	at: number;
	network: StationNetwork;
	devices: PairedDevice[];
}

export interface Station {
	ownDevice(): Promise<Answer<OwnDevice>>;
	pair(code: string): Promise<Answer<PairedDevice>>;
	/** The rest is a supervisor's. */
	devices(token: string): Promise<Answer<Managed>>;
	makeCode(token: string, wanted: { kind: DeviceKind; name: string }): Promise<Answer<CreatedCode>>;
	remove(token: string, id: string): Promise<Answer<null>>;
	enrolment(token: string): Promise<Answer<StationEnrolment>>;
	enrol(token: string, asked: StationEnrolmentRequest): Promise<Answer<StationEnrolment>>;
}

const ANSWER_WITHIN = 8_000;
/** The central server itself is given 15 s (station/sync/enrolment/enrol-station.ts). */
const ENROLS_WITHIN = 20_000;

interface Request {
	token?: string;
	body?: object;
	within?: number;
}

export function openStation(fetch: typeof globalThis.fetch): Station {
	async function ask<T>(method: string, path: string, options: Request = {}) {
		const { token, body, within = ANSWER_WITHIN } = options;
		try {
			const response = await fetch(`/api/${path}`, {
				method,
				headers: {
					...(token !== undefined && { authorization: `Bearer ${token}` }),
					...(body !== undefined && { "content-type": "application/json" }),
				},
				body: body === undefined ? null : JSON.stringify(body),
				cache: "no-store",
				signal: AbortSignal.timeout(within),
			});
			if (response.status === 204) return { kind: "ok", value: null as T } as const;
			const answer = (await response.json()) as T & { code?: unknown; data?: { reason?: unknown } };
			if (response.ok) return { kind: "ok", value: answer as T } as const;
			if (typeof answer.code === "string") {
				const reason = answer.data?.reason;
				return { kind: "refused", code: answer.code, reason: typeof reason === "string" ? reason : null } as const;
			}
		} catch {
			// No answer, or none that this API gives.
		}
		return { kind: "missed" } as const;
	}
	return {
		ownDevice: () => ask("GET", "device"),
		pair: (code) => ask("POST", "device", { body: { code } }),
		devices: (token) => ask("GET", "devices", { token }),
		makeCode: (token, wanted) => ask("POST", "devices/codes", { token, body: wanted }),
		remove: (token, id) => ask("DELETE", `devices/${encodeURIComponent(id)}`, { token }),
		enrolment: (token) => ask("GET", "enrolment", { token }),
		enrol: (token, asked) => ask("POST", "enrolment", { token, body: asked, within: ENROLS_WITHIN }),
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
