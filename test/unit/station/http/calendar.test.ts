import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";

const CALENDAR = [
	...["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:HY-2041@booking.example", "CATEGORIES:work-permit"],
	...["DTSTART:20261123T023000Z", "END:VEVENT", "END:VCALENDAR", ""],
].join("\r\n");

async function openPolledStation({ body = CALENDAR, more = [] }: { body?: string; more?: readonly string[] } = {}) {
	const served = { body, status: 200 };
	const server = createServer((_, response) => void response.writeHead(served.status).end(served.body)).listen(
		0,
		"127.0.0.1",
	);
	await new Promise((done) => server.once("listening", done));
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	const flags = ["--calendar", `http://127.0.0.1:${port}/secret-token.ics`, ...more];
	return { served, ...(await openTestStation({ flags })) };
}

test("a supervisor reads the calendar now; its visitors check in, and health and screen say how it went", async () => {
	const { served, call, signIn, station } = await openPolledStation();
	const token = await signIn("1", "Chen", "supervisor");
	const path = "/api/appointments/calendar";
	expect(await call("POST", path, { token })).toMatchObject({ body: { calendar: { state: "current", booked: 1 } } });
	const body = { code: "hy2041", language: "en" };
	expect((await call("POST", "/api/check-in", { token: station.kioskKey, body })).status).toBe(201);
	served.body = "<html>";
	expect(await call("POST", path, { token })).toMatchObject({ body: { calendar: { state: "failing", booked: 1 } } });
	expect(await call("GET", path, { token })).toMatchObject({ body: { calendar: { state: "failing" } } });
	const health = await call("GET", "/api/health");
	expect(health.body.calendar).toMatchObject({ state: "failing", advice: expect.stringContaining("web page") });
	expect(JSON.stringify(health.body)).not.toContain("secret-token");
	const metrics = await call("GET", "/metrics");
	expect(JSON.stringify(metrics)).toContain("paihao_calendar_fails");
});

test("events that name no topic have the one that was said for the calendar; one that the site has not is told", async () => {
	const body = CALENDAR.replace("CATEGORIES:work-permit\r\n", "");
	const read = async (topic: string) => {
		const { call, signIn } = await openPolledStation({ body, more: ["--calendar-topic", topic] });
		const token = await signIn("1", "Chen", "supervisor");
		return (await call("POST", "/api/appointments/calendar", { token })).body.calendar;
	};
	expect(await read("work-permit")).toMatchObject({ state: "current", booked: 1 });
	expect(await read("fishing")).toMatchObject({ state: "failing", advice: expect.stringContaining("fishing") });
});

test("a station without a calendar says so, and only supervisors have it read", async () => {
	const { call, signIn } = await openTestStation();
	const token = await signIn("1", "Chen", "supervisor");
	expect((await call("GET", "/api/health")).body.calendar).toBeNull();
	expect(await call("POST", "/api/appointments/calendar", { token })).toMatchObject({ body: { calendar: null } });
	const agent = await signIn("2");
	expect(await call("POST", "/api/appointments/calendar", { token: agent })).toMatchObject({ status: 403 });
});
