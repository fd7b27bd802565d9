import { createPublicKey } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { decodeJwt, errors, jwtVerify } from "jose";
import { type ServerDatabase, UNNAMED } from "../../db/server/open.ts";
import { station } from "../../db/server/schema/stations.ts";
import { type StationId, stationIdSchema } from "../../protocol/model/ids.ts";
import { SERVER_AUDIENCE, TOKEN_CLOCK_TOLERANCE_SECONDS } from "../../protocol/sync/enrolment.ts";
import { Refusal } from "../refusal.ts";

/**
 * Returns the station of a request's token: a JWT that the device signed with its own Ed25519 key, for this server and for
 * some minutes. Keeps nothing between requests, so any instance can check any token. Throws Refusal.
 */
export function openAuthentication(database: ServerDatabase): (request: Request, now: number) => Promise<StationId> {
	// Runs at every request of every station: its SQL is built once.
	const device = database
		.select({ publicKey: station.publicKey, revokedAt: station.revokedAt })
		.from(station)
		.where(eq(station.id, sql.placeholder("id")))
		.prepare(UNNAMED);
	return async (request, now) => {
		const [scheme, token] = request.headers.get("authorization")?.split(" ") ?? [];
		if (scheme !== "Bearer" || token === undefined) throw new Refusal("TOKEN_REQUIRED");
		const issuer = issuerOf(token);
		const [found] = await device.execute({ id: issuer });
		if (found?.publicKey == null) throw new Refusal("TOKEN_REFUSED");
		const key = createPublicKey({ key: Buffer.from(found.publicKey, "base64url"), format: "der", type: "spki" });
		try {
			await jwtVerify(token, key, {
				algorithms: ["EdDSA"],
				audience: SERVER_AUDIENCE,
				issuer,
				currentDate: new Date(now),
				clockTolerance: TOKEN_CLOCK_TOLERANCE_SECONDS,
				requiredClaims: ["iat", "exp"],
				maxTokenAge: "10m",
			});
		} catch (error) {
			const claim =
				error instanceof errors.JWTExpired ||
				(error instanceof errors.JWTClaimValidationFailed && error.claim === "iat");
			// Claims are checked after the signature: the wrong clock is the one of this very device.
			throw claim ? new Refusal("CLOCK_WRONG", { time: now }).signedBy(issuer) : new Refusal("TOKEN_REFUSED");
		}
		// After the signature: only the device itself learns that its access was revoked.
		if (found.revokedAt !== null) throw new Refusal("STATION_REVOKED", { since: found.revokedAt }).signedBy(issuer);
		return issuer;
	};
}

function issuerOf(token: string): StationId {
	try {
		return stationIdSchema.parse(decodeJwt(token).iss);
	} catch {
		throw new Refusal("TOKEN_REFUSED");
	}
}
