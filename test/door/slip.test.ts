import { expect, test } from "vitest";
import { openTestStation } from "../fixtures/station.ts";

test("the way to another site is printed by the kiosk alone, for sites that offer the topic, and only said to be out when it is", async () => {
	const { call, station } = await openTestStation();
	const { sites } = (await call("GET", "/api/topics/work-permit/elsewhere")).body as { sites: { id: string }[] };
	const print = (site: string, token: string | undefined = station.kioskKey, topic = "work-permit") =>
		call("POST", `/api/topics/${topic}/elsewhere/${site}/slip`, {
			...(token && { token }),
			body: { language: "ar", hours: "-" },
		});
	const site = String(sites[0]?.id);
	expect((await print(site)).status).toBe(204);
	expect(await print(site, "")).toMatchObject({ body: { code: "KIOSK_KEY_REQUIRED" } });
	expect(await print("permanent-residence-service-centre")).toMatchObject({
		status: 404,
		body: { code: "SITE_UNKNOWN" },
	});
	expect(await print(site, station.kioskKey, "nothing")).toMatchObject({
		status: 404,
		body: { code: "TOPIC_UNKNOWN" },
	});
});
