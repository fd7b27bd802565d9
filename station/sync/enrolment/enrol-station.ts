import { createPrivateKey, createPublicKey, generateKeyPairSync, hash } from "node:crypto";
import { z } from "zod";
import { UserError } from "../../../lib/errors.ts";
import { explainUnreachable } from "../../../lib/outgoing-connections.ts";
import { MINUTE_MS, SECOND_MS } from "../../../lib/time/durations.ts";
import { formatLength } from "../../../lib/time/format-length.ts";
import type { SiteId } from "../../../protocol/model/ids.ts";
import { type EnrolmentAnswer, enrolmentAnswerSchema, enrolmentCodeSchema } from "../../../protocol/sync/enrolment.ts";
import type { InheritedSettings } from "../../../protocol/sync/inherited-settings.ts";
import { readJsonBody } from "../read-json.ts";
import type { StreamRepository } from "../stream-repository.ts";
import type { DeviceEnrolment, EnrolmentStore } from "./device-enrolment.ts";
import { toServerOrigin } from "./server-address.ts";

const REQUEST_TIMEOUT_MS = 15 * SECOND_MS;

const refusalSchema = z.object({ code: z.string(), message: z.string() });

/** The device's own Ed25519 key, PKCS 8 in base64url. */
function makeDeviceKey(): string {
	const { privateKey } = generateKeyPairSync("ed25519");
	return privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url");
}

interface EnrolOptions {
	privateKey?: string;
	/** Given what the device before this one had, where the server has it. */
	inherit?: ((settings: InheritedSettings) => void) | undefined;
	send?: typeof fetch;
	/** The machine's own clock, UTC milliseconds. */
	wall?: () => number;
}

/**
 * Enrols this device as its site's station: sends the server the code and the public half of the device's key. Keeps
 * nothing itself: the device is enrolled once the caller has kept what is returned. Throws UserError with the server's
 * own code where it refuses, and SERVER_ADDRESS, CODE_UNREADABLE, SERVER_UNREACHABLE, SERVER_ANSWER.
 */
export async function enrolDevice(
	asked: { server: string; code: string; site: SiteId },
	{ privateKey = makeDeviceKey(), inherit, send = fetch, wall = Date.now }: EnrolOptions = {},
): Promise<DeviceEnrolment> {
	const server = originOf(asked.server);
	const code = readCode(asked.code);
	const key = createPrivateKey({ key: Buffer.from(privateKey, "base64url"), format: "der", type: "pkcs8" });
	const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64url");
	const { station, signers, signersVersion, commands, settings } = await answerOf(
		server,
		{ code, site: asked.site, publicKey },
		{ send, wall },
	);
	if (settings !== null) inherit?.(settings);
	return { server, station, privateKey, signers, signersVersion, commands };
}

export interface EnrolStationDeps {
	store: EnrolmentStore;
	log: StreamRepository;
	/** UTC milliseconds. */
	clock(): number;
	/** Keeps what a new device takes over. */
	inherit(settings: InheritedSettings): void;
	send?: typeof fetch;
}

/**
 * Enrols the station of a folder, enrolled before or not. A station that is enrolled again continues in a new stream,
 * because another device may still write the old one; one that is enrolled for the first time takes over what the device
 * before it had. Its key is on the disk before the request is sent: where the answer is lost, the same code works once
 * more. Throws as enrolDevice does, and leaves the station as it was then.
 */
export async function enrolStation(
	{ store, log, clock, inherit, send }: EnrolStationDeps,
	asked: { server: string; code: string; site: SiteId },
): Promise<DeviceEnrolment> {
	const server = originOf(asked.server);
	const codeDigest = hash("sha256", readCode(asked.code));
	const before = store.read();
	const isSame = before.requested?.server === server && before.requested.codeDigest === codeDigest;
	const privateKey = isSame && before.requested ? before.requested.privateKey : makeDeviceKey();
	store.keepRequested({ server, codeDigest, privateKey });
	// What is taken over is here before the enrolment is: if the power fails in between, the same code asks once more.
	const enrolment = await enrolDevice(asked, {
		privateKey,
		inherit: before.enrolment === undefined ? inherit : undefined,
		...(send && { send }),
	});
	// The new stream first: one too many does no harm, but without it two devices could write the same stream.
	const last = log.streams().at(-1);
	if (before.enrolment && last) log.fork(last.base + last.seq, new Set(), clock());
	store.keepEnrolment(enrolment);
	return enrolment;
}

function readCode(typed: string): string {
	const code = enrolmentCodeSchema.safeParse(typed);
	if (code.success) return code.data;
	throw new UserError(
		"CODE_UNREADABLE",
		"An enrolment code has ten letters and digits, as 7K2QX-M40ZD. Type it again.",
	);
}

async function answerOf(
	server: string,
	body: object,
	{ send, wall }: Required<Pick<EnrolOptions, "send" | "wall">>,
): Promise<EnrolmentAnswer> {
	const answer = await send(`${server}/enrol`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
		redirect: "error",
		signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
	}).catch((cause: unknown) => {
		throw explainUnreachable(server, cause);
	});
	const answerBody: unknown = await readJsonBody(answer).catch(() => undefined);
	const refusal = answer.ok ? undefined : refusalSchema.safeParse(answerBody).data;
	const wrongClock = explainWrongClock(wall(), Date.parse(answer.headers.get("date") ?? ""));
	if (refusal && wrongClock !== undefined) throw new UserError("CLOCK_WRONG", `${wrongClock} ${refusal.message}`);
	if (refusal) throw new UserError(refusal.code, refusal.message);
	const enrolled = enrolmentAnswerSchema.safeParse(answerBody);
	if (answer.ok && enrolled.success) return enrolled.data;
	throw new UserError("SERVER_ANSWER", `${server} does not answer as a Paihao server. Check the address.`);
}

/** That this machine's clock and the server's differ by more than a slow answer makes; undefined where they agree. */
function explainWrongClock(own: number, server: number): string | undefined {
	const byMs = own - server;
	if (Number.isNaN(byMs) || Math.abs(byMs) <= 2 * MINUTE_MS) return undefined;
	return `This machine's clock is ${formatLength(byMs)} ${byMs < 0 ? "behind" : "ahead of"} the server's. Find out which one is wrong, set it, and ask for a new code.`;
}

/** The address's origin. Plain HTTP is for this machine only: a code must not cross a network unencrypted. */
function originOf(address: string): string {
	const origin = toServerOrigin(address);
	if (origin !== null) return origin;
	throw new UserError(
		"SERVER_ADDRESS",
		`${address} is not an https:// address. Plain http:// is for this machine only.`,
	);
}
