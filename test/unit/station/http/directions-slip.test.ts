import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OtherSite, Topics } from "../../../../protocol/api/board.ts";
import { openTestStation } from "../../../fixtures/station.ts";

const CENTRE = "permanent-residence-service-centre";
/** A small site: it has work permits, and no housing fund. */
const SMALL = { flags: ["--site", "service-centre-1"] };

async function openSmallSite() {
	const opened = await openTestStation(SMALL);
	const { call, station, folder } = opened;
	return {
		...opened,
		print: (site: string, topic = "work-permit", key = "slip-key-1", token: string = station.kioskKey) =>
			call("POST", `/api/topics/${topic}/other-sites/${site}/directions`, {
				...(token && { token }),
				body: { language: "ar", hours: "-", key },
			}),
		papers: () => readdirSync(join(folder, "paper")).filter((name) => name.endsWith(".png")).length,
	};
}

test("the way to another site is printed by the kiosk alone, for sites that offer the topic, and only said to be out when it is", async () => {
	const { print, papers } = await openSmallSite();
	expect(await print(CENTRE, "work-permit", "slip-key-1", "")).toMatchObject({ body: { code: "KIOSK_KEY_REQUIRED" } });
	expect((await print(CENTRE)).status).toBe(204);
	expect(papers()).toBe(1);
	expect(await print("service-centre-1")).toMatchObject({ status: 404, body: { code: "SITE_UNKNOWN" } });
	expect(await print(CENTRE, "nothing")).toMatchObject({ status: 404, body: { code: "TOPIC_UNKNOWN" } });
});

test("the same key never prints two", async () => {
	const { print, papers } = await openSmallSite();
	const answers = await Promise.all([print(CENTRE), print(CENTRE)]);
	expect(answers.map(({ status }) => status)).toEqual([204, 204]);
	expect((await print(CENTRE)).status).toBe(204);
	expect(papers()).toBe(1);
	expect((await print(CENTRE, "work-permit", "slip-key-2")).status).toBe(204);
	expect(papers()).toBe(2);
});

test("nobody is sent to an address that is only an example", async () => {
	const { call, print, papers } = await openSmallSite();
	const { sites } = (await call("GET", "/api/topics/work-permit/other-sites")).body as { sites: OtherSite[] };
	expect(sites.find(({ id }) => id === CENTRE)?.example).toBe(false);
	const example = sites.find((site) => site.example);
	expect(await print(String(example?.id))).toMatchObject({ status: 409, body: { code: "SITE_ADDRESS_UNKNOWN" } });
	expect(papers()).toBe(0);
});

test("what only other sites offer is told beside the site's own topics, and leads to them", async () => {
	const { call, print, issue } = await openSmallSite();
	const { topics, otherSites } = (await call("GET", "/api/topics?language=zh-Hans")).body as unknown as Topics;
	const here = topics.map(({ id }) => id);
	expect(here).toHaveLength(5);
	expect(otherSites).toHaveLength(14);
	expect(otherSites.filter(({ id }) => here.includes(id))).toEqual([]);
	expect(otherSites.find(({ id }) => id === "provident-fund")).toMatchObject({
		name: "住房公积金",
		reading: "zhu fang gong ji jin",
		icon: "hand-coins",
	});
	const { sites } = (await call("GET", "/api/topics/provident-fund/other-sites")).body as { sites: OtherSite[] };
	expect(sites.map(({ id }) => id)).toContain(CENTRE);
	expect((await print(CENTRE, "provident-fund")).status).toBe(204);
	expect(await issue("provident-fund")).toMatchObject({ status: 404, body: { code: "TOPIC_UNKNOWN" } });
});

test("a site that offers everything tells of nothing elsewhere", async () => {
	const { call } = await openTestStation();
	expect(((await call("GET", "/api/topics?language=en")).body as unknown as Topics).otherSites).toEqual([]);
});
