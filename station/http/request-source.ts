import { timingSafeEqual } from "node:crypto";
import type { PairedDevice } from "../../protocol/model/device.ts";
import { Refusal } from "../refusal.ts";

/** Where a request comes from: the kiosk's own window through the shell, a program on the station's machine, or the network. */
export type RequestSource =
	| { kind: "shell" }
	| { kind: "machine"; address: string }
	| { kind: "network"; address: string };

/** The scheme under which the shell mounts the door. */
const SHELL_ORIGIN = "paihao://station";

/**
 * Refuses requests that a page of another origin sent. A rebound DNS name shows in Host, a
 * foreign page in Origin; a browser lets no page forge either. `isOwnName` tells the station's own names.
 */
export function requireOwnPage(request: Request, source: RequestSource, isOwnName: (host: string) => boolean): void {
	const origin = request.headers.get("origin");
	if (source.kind === "shell") {
		if (origin !== null && origin !== "null" && origin !== SHELL_ORIGIN)
			throw new Refusal("ORIGIN_REFUSED", { origin });
		return;
	}
	const url = new URL(request.url);
	if (!isOwnName(url.hostname.replace(/^\[|\]$/g, "").toLowerCase()))
		throw new Refusal("HOST_REFUSED", { host: url.host });
	if (origin !== null && origin !== url.origin) throw new Refusal("ORIGIN_REFUSED", { origin });
}

export interface Caller {
	source: RequestSource;
	/** The bearer token. */
	token: string | undefined;
	/** The paired device that the request came from. */
	device: PairedDevice | undefined;
}

/** The kiosk's calls: its own secret, which only the station's own machine may use, or a paired kiosk. */
export function requireKiosk({ source: requestSource, token, device }: Caller, kioskKey: string): void {
	if (device?.kind === "kiosk") return;
	if (requestSource.kind === "network")
		throw new Refusal("DEVICE_UNPAIRED", { needed: "kiosk", paired: device?.kind ?? null });
	if (!holdsKioskKey(token, kioskKey)) throw new Refusal("KIOSK_KEY_REQUIRED");
}

export function holdsKioskKey(token: string | undefined, kioskKey: string): boolean {
	return token !== undefined && sameText(token, kioskKey);
}

function sameText(one: string, other: string): boolean {
	const left = Buffer.from(one);
	const right = Buffer.from(other);
	return left.length === right.length && timingSafeEqual(left, right);
}

export function bearerOf(headers: Headers): string | undefined {
	return /^Bearer ([\w~+/.-]+=*)$/i.exec(headers.get("authorization") ?? "")?.[1];
}
