import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignJWT } from "jose";
import { UserError } from "../../lib/errors.ts";

/** The key by which push services know this station's IT (VAPID, RFC 8292). */
export interface OwnKey {
	/** The public key as browsers take it: an uncompressed point, base64url. */
	publicKey: string;
	/** The header that proves to a push service who sends. */
	authorization(endpoint: URL, now: number): Promise<string>;
}

/** A push service refuses a proof that is valid for longer than a day. */
const VALID_SECONDS = 12 * 3_600;

/** Reads IT's own key (PEM, P-256). Throws UserError WEB_PUSH_KEY_REFUSED. */
export function readOwnKey(file: string, contact: string): OwnKey {
	const privateKey = readPrivateKey(file);
	const { x = "", y = "" } = createPublicKey(privateKey).export({ format: "jwk" });
	const point = [Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
	const publicKey = Buffer.concat(point).toString("base64url");
	return {
		publicKey,
		async authorization(endpoint, now) {
			const proof = await new SignJWT()
				.setProtectedHeader({ alg: "ES256", typ: "JWT" })
				.setAudience(endpoint.origin)
				.setSubject(contact)
				.setExpirationTime(Math.floor(now / 1_000) + VALID_SECONDS)
				.sign(privateKey);
			return `vapid t=${proof}, k=${publicKey}`;
		},
	};
}

function readPrivateKey(file: string): KeyObject {
	let key: KeyObject;
	try {
		key = createPrivateKey(readFileSync(file));
	} catch (cause) {
		throw refused(`The key for Web Push in ${file} cannot be read`, cause);
	}
	if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
	throw refused(`The key for Web Push in ${file} is not of the curve P-256`);
}

function refused(what: string, cause?: unknown): UserError {
	const make = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE";
	return new UserError("WEB_PUSH_KEY_REFUSED", `${what}. Make one with: ${make}`, { exitCode: 2, cause });
}
