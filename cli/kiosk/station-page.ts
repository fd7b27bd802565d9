import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { TLSSocket } from "node:tls";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";

const ANSWER_TIMEOUT_MS = 2_000;
/** The screens that a kiosk's window may show. A kiosk that is not paired yet is led to the second. */
const SCREENS = ["/kiosk", "/setup"];

const leavingSchema = z.object({ isLeaving: z.boolean() });

/** Whether the station answers, and over TLS the SHA-256 of its public key in base64: the browser trusts that key alone. */
export type StationAnswer = { kind: "answers"; pin: string | undefined } | { kind: "away"; because: string };

export interface StationPage {
	/** The kiosk's address. Its fragment holds the key of a kiosk on the station's own machine. */
	address: string;
	host: string;
	/** Whether the window may show an address. */
	isShown(url: string): boolean;
	ask(): Promise<StationAnswer>;
	/** Whether a supervisor has ended the window at the glass. Only the kiosk of the station's own machine is told. */
	isLeaving(): Promise<boolean>;
}

/** `fingerprint`: the SHA-256 of the station's certificate, which is then trusted whoever signed it. Throws UserError KIOSK_ADDRESS. */
export function stationPage(address: string, { fingerprint }: { fingerprint?: string | undefined } = {}): StationPage {
	const url = URL.parse(address);
	if (url === null || !/^https?:$/.test(url.protocol))
		throw new UserError(
			"KIOSK_ADDRESS",
			`"${address.split("#", 1)[0]}" is no address of a station. It begins with http:// or https://, such as https://192.168.1.20:8443.`,
		);
	if (url.pathname === "/") url.pathname = "/kiosk";
	return {
		address: url.href,
		host: url.hostname.replace(/^\[|\]$/g, ""),
		isShown(shown) {
			const other = URL.parse(shown);
			return other !== null && other.origin === url.origin && SCREENS.includes(other.pathname);
		},
		isLeaving: () => askLeaving(url),
		ask: () => askStation(url, fingerprint === undefined ? undefined : normalize(fingerprint)),
	};
}

/** "AB:CD..." or "abcd...". */
function normalize(fingerprint: string): string {
	return fingerprint.replaceAll(":", "").toUpperCase();
}

function askStation(url: URL, fingerprint: string | undefined): Promise<StationAnswer> {
	const { promise, resolve } = Promise.withResolvers<StationAnswer>();
	const away = (because: string) => resolve({ kind: "away", because });
	// A certificate that is named is checked by its fingerprint, whoever signed it.
	const options = { timeout: ANSWER_TIMEOUT_MS, agent: false, rejectUnauthorized: fingerprint === undefined };
	const request = (url.protocol === "https:" ? https : http).get(new URL("/kiosk", url), options, (response) => {
		response.resume();
		const status = response.statusCode ?? 500;
		if (status >= 400) return away(`it answers with ${status}`);
		if (url.protocol === "http:") return resolve({ kind: "answers", pin: undefined });
		const certificate = (response.socket as TLSSocket).getPeerX509Certificate();
		if (certificate === undefined) return away("it shows no certificate");
		if (fingerprint !== undefined && normalize(certificate.fingerprint256) !== fingerprint)
			return away(`its certificate is another one: ${certificate.fingerprint256}`);
		const key = certificate.publicKey.export({ type: "spki", format: "der" });
		resolve({ kind: "answers", pin: createHash("sha256").update(key).digest("base64") });
	});
	request.once("timeout", () => request.destroy(new Error("it does not answer in time")));
	request.once("error", (error) => away(error.message));
	return promise;
}

async function askLeaving(url: URL): Promise<boolean> {
	const key = new URLSearchParams(url.hash.slice(1)).get("key");
	if (key === null || url.protocol !== "http:") return false;
	try {
		const answer = await fetch(new URL("/api/staff-gate", url), {
			headers: { authorization: `Bearer ${key}` },
			signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
		});
		return leavingSchema.safeParse(await answer.json()).data?.isLeaving === true;
	} catch {
		return false;
	}
}

/** The address that a running station has left in a file. Throws UserError STATION_NEW. */
export function readAddressFile(file: string): string {
	try {
		return readFileSync(file, "utf8").trim();
	} catch (cause) {
		throw new UserError(
			"STATION_NEW",
			`No station has left its address in ${file}. Start "paihao station" first, as a user whose files this one may read.`,
			{ cause },
		);
	}
}

/** The same address, for a panel with so many pixels to a millimetre. */
export function withPixelsPerMillimetre(address: string, mm: string): string {
	const pixels = Number(mm);
	if (!(pixels >= 1 && pixels <= 20))
		throw new UserError("USAGE", `--mm is "${mm}". It must be a number from 1 to 20.`, { exitCode: 2 });
	return address.includes("#") ? `${address}&mm=${pixels}` : `${address}#mm=${pixels}`;
}
