import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { SERVER_AUDIENCE, TOKEN_LIFE_SECONDS } from "../../../protocol/sync/enrolment.ts";
import type { DeviceEnrolment } from "./device-enrolment.ts";

/** The bearer token of a station for the server, signed by its device, for five minutes from `now` (UTC milliseconds). */
export function signToken({ station, privateKey }: DeviceEnrolment, now: number): Promise<string> {
	const seconds = Math.floor(now / 1000);
	return new SignJWT()
		.setProtectedHeader({ alg: "EdDSA" })
		.setIssuer(station)
		.setAudience(SERVER_AUDIENCE)
		.setIssuedAt(seconds)
		.setExpirationTime(seconds + TOKEN_LIFE_SECONDS)
		.sign(createPrivateKey({ key: Buffer.from(privateKey, "base64url"), format: "der", type: "pkcs8" }));
}
