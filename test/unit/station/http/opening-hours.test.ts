import { expect, test } from "vitest";
import type { Topics } from "../../../../protocol/api/board.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const HOUR = 3_600_000;
/** The main centre: Monday to Friday, 09:00 to 17:00. */
const KEEPS_HOURS = ["--outside-hours", "refuse"];
const TUESDAY_NINE = MONDAY_NINE + 24 * HOUR;

type Opened = Awaited<ReturnType<typeof openTestStation>>;
const availabilityOf = async ({ call }: Opened, topic = "work-permit") => {
	const { topics } = (await call("GET", "/api/topics?language=en")).body as unknown as Topics;
	return topics.find(({ id }) => id === topic)?.availability;
};

test("outside opening hours the kiosk gives no ticket and says when the site opens; staff still can", async () => {
	const opened = await openTestStation({ flags: KEEPS_HOURS });
	opened.clock.now = TUESDAY_NINE - 6 * HOUR;
	expect(await availabilityOf(opened)).toBe("site-closed");
	expect(await opened.issue()).toMatchObject({
		status: 409,
		body: { code: "SITE_CLOSED", data: { opensAt: TUESDAY_NINE } },
	});
	const token = await opened.signIn("1");
	const given = await opened.call("POST", "/api/tickets", {
		token,
		body: { topic: "work-permit", language: "en", key: "walk-in-at-night" },
	});
	expect(given.status).toBe(201);
});

test("the first and the last minute are the site's", async () => {
	const opened = await openTestStation({ flags: KEEPS_HOURS });
	const statuses: number[] = [];
	for (const now of [MONDAY_NINE - 1, MONDAY_NINE, MONDAY_NINE + 8 * HOUR - 1, MONDAY_NINE + 8 * HOUR]) {
		opened.clock.now = now;
		statuses.push((await opened.issue()).status);
	}
	expect(statuses).toEqual([409, 201, 201, 409]);
});

test("after closing time the same request key still gets its ticket", async () => {
	const opened = await openTestStation({ flags: KEEPS_HOURS });
	opened.clock.now = MONDAY_NINE + 8 * HOUR - 1;
	const { body } = await opened.issue("work-permit", "asked-in-time");
	opened.clock.now += 2_000;
	expect(await opened.issue("work-permit", "asked-in-time")).toMatchObject({ status: 200, body: { id: body.id } });
});

test("a visitor with an appointment can check in before the site opens", async () => {
	const opened = await openTestStation({ flags: KEEPS_HOURS });
	const token = await opened.signIn("1", "Chen", "supervisor");
	const appointment = { code: "EARLY-BIRD", topic: "work-permit", at: MONDAY_NINE, partySize: 1, source: "test" };
	await opened.call("POST", "/api/appointments", { token, body: { appointments: [appointment], cancelled: [] } });
	opened.clock.now = MONDAY_NINE - 60_000;
	const answer = await opened.call("POST", "/api/check-in", {
		token: opened.station.kioskKey,
		body: { code: "EARLY-BIRD", language: "en" },
	});
	expect(answer).toMatchObject({ status: 201 });
});

test("a station that gives tickets at any hour does, and calls none the last for the hour's sake", async () => {
	const opened = await openTestStation({ flags: ["--outside-hours", "issue"] });
	for (const now of [MONDAY_NINE - 6 * HOUR, MONDAY_NINE + 8 * HOUR - 1]) {
		opened.clock.now = now;
		expect(await availabilityOf(opened)).toBe("available");
		expect((await opened.issue()).status).toBe(201);
	}
});

test("the last numbers of the day: by the quota, and by the hour", async () => {
	const opened = await openTestStation({ flags: KEEPS_HOURS });
	const token = await opened.signIn("1", "Chen", "supervisor");
	await opened.call("PUT", "/api/topics/work-permit/setting", { token, body: { open: true, quota: 6 } });
	expect(await availabilityOf(opened)).toBe("available");
	await opened.issue();
	expect(await availabilityOf(opened)).toBe("last");
	expect(await availabilityOf(opened, "talent-policy")).toBe("available");
	// 30 minutes before closing: five minutes of waiting at most and 25 of talent policy still fit, one minute later not.
	await opened.call("POST", "/api/counters/1/next", { token });
	opened.clock.now = MONDAY_NINE + 7.5 * HOUR;
	expect(await availabilityOf(opened, "talent-policy")).toBe("available");
	opened.clock.now += 60_000;
	expect(await availabilityOf(opened, "talent-policy")).toBe("last");
	expect(await availabilityOf(opened, "five-star-card-travel")).toBe("available");
	for (let left = 5; left > 0; left -= 1) await opened.issue();
	expect(await availabilityOf(opened)).toBe("full");
});
