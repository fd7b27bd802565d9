import { timingSafeEqual } from "node:crypto";
import { findForeignSign } from "../../lib/http/own-page.ts";
import type { PairedDevice } from "../../protocol/model/device.ts";
import type { DeviceId } from "../../protocol/model/ids.ts";
import { Refusal } from "../refusal.ts";

/** Where a request comes from: the kiosk's own window through the shell, a program on the station's machine, or the network. */
export type RequestSource =
	| { kind: "shell" }
	| { kind: "machine"; address: string }
	| { kind: "network"; address: string };

/** The scheme under which the shell mounts the HTTP app. */
const SHELL_ORIGIN = "paihao://station";

/** Refuses requests that a page of another origin sent. `isOwnName` tells the station's own names. */
export function requireOwnPage(request: Request, source: RequestSource, isOwnName: (host: string) => boolean): void {
	if (source.kind === "shell") {
		const origin = request.headers.get("origin");
		if (origin !== null && origin !== "null" && origin !== SHELL_ORIGIN)
			throw new Refusal("ORIGIN_REFUSED", { origin });
		return;
	}
	const foreign = findForeignSign(request, isOwnName);
	if (foreign?.kind === "host") throw new Refusal("HOST_REFUSED", { host: foreign.host });
	if (foreign?.kind === "origin") throw new Refusal("ORIGIN_REFUSED", { origin: foreign.origin });
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

/** The name of the paired kiosk that asks; undefined for the station's own kiosk and for all others. */
export function kioskOf({ device }: Pick<Caller, "device">): string | undefined {
	return device?.kind === "kiosk" ? device.name : undefined;
}

/** The kiosk of the station's own machine: its key is worth nothing from the network. */
export function isOwnKiosk({ source, token }: Caller, kioskKey: string): boolean {
	return source.kind !== "network" && holdsKioskKey(token, kioskKey);
}

/** The paired kiosk that calls; null is the station's own. */
export function kioskIdOf({ device }: Pick<Caller, "device">): DeviceId | null {
	return device?.kind === "kiosk" ? device.id : null;
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
