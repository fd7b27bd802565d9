import { expect, test } from "vitest";
import { healthSchema } from "../../../../protocol/api/health.ts";
import { openTestStation } from "../../../fixtures/station.ts";

test("a language that the kiosk cannot read is logged once and named in the health; only the kiosk may say so", async () => {
	const { call, station, warnings } = await openTestStation();
	const damaged = async () => healthSchema.parse((await call("GET", "/api/health")).body).damagedMessages;
	expect(await damaged()).toEqual([]);
	expect((await call("POST", "/api/messages/fr/damaged")).status).toBe(401);
	for (const language of ["fr", "fr", "ar"])
		expect((await call("POST", `/api/messages/${language}/damaged`, { token: station.kioskKey })).status).toBe(204);
	expect((await call("POST", "/api/messages/xx/damaged", { token: station.kioskKey })).body).toMatchObject({
		code: "LANGUAGE_UNKNOWN",
	});
	expect(await damaged()).toEqual(["fr", "ar"]);
	expect(warnings.flatMap(({ language }) => language ?? [])).toEqual(["fr", "ar"]);
});
