import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { type EnrolmentAnswer, enrolmentAnswerSchema, enrolmentCodeSchema } from "../../protocol/enrolment.ts";
import { PlainError } from "../../protocol/plain-error.ts";
import { type DeviceEnrolment, keepEnrolment, readSecrets } from "../secrets.ts";
import { readBoundedJson } from "./bounded-json.ts";
import type { SyncLog } from "./log.ts";

/** How long the server may take to answer, in milliseconds. */
const PATIENCE = 15_000;

const refusalSchema = z.object({ code: z.string(), message: z.string() });

/**
 * Enrols this device as its site's station: makes the device's key, and gives the server the public half with the
 * code. Keeps nothing itself: until the caller has kept what is returned, the device is not enrolled. Throws
 * PlainError with the server's own code where it refuses; SERVER_ADDRESS, CODE_UNREADABLE, SERVER_UNREACHABLE,
 * SERVER_ANSWER.
 */
export async function enrolDevice(
	asked: { server: string; code: string; site: string },
	send: typeof fetch = fetch,
): Promise<DeviceEnrolment> {
	const server = originOf(asked.server);
	const code = enrolmentCodeSchema.safeParse(asked.code);
	if (!code.success)
		throw new PlainError(
			"CODE_UNREADABLE",
			"An enrolment code has ten letters and digits, as 7K2QX-M40ZD. Type it again.",
		);
	const { publicKey, privateKey } = generateKeyPairSync("ed25519", {
		publicKeyEncoding: { format: "der", type: "spki" },
		privateKeyEncoding: { format: "der", type: "pkcs8" },
	});
	const body = { code: code.data, site: asked.site, publicKey: publicKey.toString("base64url") };
	const { station, signers, signersVersion, commands } = await answerOf(server, body, send);
	return { server, station, privateKey: privateKey.toString("base64url"), signers, signersVersion, commands };
}

/**
 * Enrols the station of a folder, from whatever it was before. Enrolled again it goes on in a stream of its own: another
 * device may still write the old one somewhere. Throws as enrolDevice does, with nothing changed.
 */
export async function enrolStation(
	{ folder, log, clock }: { folder: string; log: SyncLog; clock(): number },
	asked: { server: string; code: string; site: string },
): Promise<DeviceEnrolment> {
	const enrolment = await enrolDevice(asked);
	const isFirst = readSecrets(folder)?.enrolment === undefined;
	keepEnrolment(folder, enrolment);
	const last = log.streams().at(-1);
	if (!isFirst && last) log.fork(last.base + last.seq, new Set(), clock());
	return enrolment;
}

async function answerOf(server: string, body: object, send: typeof fetch): Promise<EnrolmentAnswer> {
	const answer = await send(`${server}/enrol`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
		redirect: "error",
		signal: AbortSignal.timeout(PATIENCE),
	}).catch((cause: unknown) => {
		throw new PlainError("SERVER_UNREACHABLE", `No server answers at ${server}. Check the address and the network.`, {
			cause,
		});
	});
	const said: unknown = await readBoundedJson(answer).catch(() => undefined);
	const refusal = answer.ok ? undefined : refusalSchema.safeParse(said).data;
	if (refusal) throw new PlainError(refusal.code, refusal.message);
	const enrolled = enrolmentAnswerSchema.safeParse(said);
	if (answer.ok && enrolled.success) return enrolled.data;
	throw new PlainError("SERVER_ANSWER", `What answers at ${server} is not a Paihao server. Check the address.`);
}

/** The address's origin. A code goes over plain HTTP to this very machine only. */
function originOf(address: string): string {
	const url = URL.parse(address);
	const secure = url?.protocol === "https:";
	const own = url?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
	if (url && (secure || own)) return url.origin;
	throw new PlainError(
		"SERVER_ADDRESS",
		`${address} is not an https:// address. Plain http:// is for this machine only.`,
	);
}
