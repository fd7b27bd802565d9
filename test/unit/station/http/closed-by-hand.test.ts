import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { Topics } from "../../../../protocol/api/board.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { emptyFolder, TOP } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEEPS_HOURS = ["--outside-hours", "refuse"];

async function openSupervised(flags: string[] = KEEPS_HOURS) {
	const opened = await openTestStation({ flags });
	const { call } = opened;
	return {
		...opened,
		// Sessions end overnight.
		async close(until: number | null) {
			const token = await opened.signIn("1", "Chen", "supervisor");
			return call("PUT", "/api/opening/closure", { token, body: { until } });
		},
		async reopen() {
			const token = await opened.signIn("1", "Chen", "supervisor");
			return call("DELETE", "/api/opening/closure", { token });
		},
		site: async () => ((await call("GET", "/api/topics?language=en")).body as unknown as Topics).site,
		availability: async () =>
			((await call("GET", "/api/topics?language=en")).body as unknown as Topics).topics[0]?.availability,
	};
}

test("a site closed until 14:00 gives no number at the kiosk, says when it opens, and opens by itself", async () => {
	const { close, site, availability, issue, clock } = await openSupervised();
	const two = MONDAY_NINE + 5 * HOUR;
	expect(await close(two)).toMatchObject({
		status: 200,
		body: { open: false, opensAt: two, closedByHand: { since: MONDAY_NINE, until: two } },
	});
	expect(await site()).toMatchObject({ open: false, opensAt: two, closesAt: null });
	expect(await availability()).toBe("site-closed");
	expect(await issue()).toMatchObject({ status: 409, body: { code: "SITE_CLOSED", data: { opensAt: two } } });
	clock.now = two - 1;
	expect((await issue()).status).toBe(409);
	clock.now = two;
	expect((await issue()).status).toBe(201);
	expect(await site()).toMatchObject({ open: true });
});

test("a site closed for today opens the next morning; one closed beyond its hours opens when they begin", async () => {
	const { close, site, clock, issue } = await openSupervised();
	await close(null);
	expect(await site()).toMatchObject({ open: false, opensAt: MONDAY_NINE + DAY });
	clock.now = MONDAY_NINE + DAY;
	expect((await issue()).status).toBe(201);
	await close(MONDAY_NINE + DAY + 10 * HOUR);
	expect(await site()).toMatchObject({ open: false, opensAt: MONDAY_NINE + 2 * DAY });
});

test("a station that gives numbers at any hour says that it is open, and closes by hand as any other", async () => {
	const { close, site, availability, issue, clock } = await openSupervised(["--outside-hours", "issue"]);
	clock.now = MONDAY_NINE + 12 * HOUR;
	expect(await site()).toMatchObject({ open: true, opensAt: null, closesAt: null });
	expect((await issue()).status).toBe(201);
	await close(MONDAY_NINE + 13 * HOUR);
	expect(await site()).toMatchObject({ open: false, opensAt: MONDAY_NINE + 13 * HOUR });
	expect(await availability()).toBe("site-closed");
	expect((await issue()).status).toBe(409);
});

test("staff still issue numbers, and booked visitors check in", async () => {
	const { close, call, signIn, station } = await openSupervised();
	await close(null);
	const token = await signIn("1", "Chen", "supervisor");
	const body = { topic: "work-permit", language: "en", key: "at-the-desk" };
	expect((await call("POST", "/api/tickets", { token, body })).status).toBe(201);
	const appointment = { code: "BOOK-01", topic: "work-permit", at: MONDAY_NINE, partySize: 1, source: "test" };
	await call("POST", "/api/appointments", { token, body: { appointments: [appointment] } });
	const checkIn = { token: station.kioskKey, body: { code: "BOOK-01", language: "en" } };
	expect((await call("POST", "/api/check-in", checkIn)).status).toBe(201);
});

test("an end in another century is refused, and closes nothing", async () => {
	const { close, issue } = await openSupervised();
	for (const until of [Date.UTC(2101, 0), Date.UTC(10_000, 0) - 1]) expect((await close(until)).status).toBe(400);
	expect((await issue()).status).toBe(201);
});

test("a supervisor opens it again; a past time and an agent are refused", async () => {
	const { close, reopen, call, site, signIn } = await openSupervised();
	expect(await close(MONDAY_NINE)).toMatchObject({ status: 422, body: { code: "CLOSURE_PAST" } });
	const agent = await signIn("2");
	const asAgent = await call("PUT", "/api/opening/closure", { token: agent, body: { until: null } });
	expect(asAgent).toMatchObject({ status: 403, body: { code: "ROLE_REQUIRED" } });
	await close(null);
	expect(await reopen()).toMatchObject({ body: { open: true, closedByHand: null } });
	expect(await site()).toMatchObject({ open: true });
	await close(null);
	const token = await signIn("1", "Chen", "supervisor");
	const { body } = await call("GET", "/api/activity", { token });
	const types = (body.entries as { type: string }[]).map(({ type }) => type);
	expect(types.filter((type) => type.startsWith("site."))).toEqual([
		...["site.closed", "site.reopened", "site.closed"],
	]);
});

/** What each surface is told of a site: the kiosk, the board and the desk by its topics, a phone by its ticket. */
async function surfacesOf({ call, folder }: Pick<Awaited<ReturnType<typeof openTestStation>>, "call" | "folder">) {
	const database = new Database(join(folder, "station.db"), { readonly: true });
	const code = database.prepare("select code from ticket limit 1").pluck().get();
	database.close();
	const { site, topics } = (await call("GET", "/api/topics?language=zh-Hans")).body as unknown as Topics;
	const phone = (await call("GET", `/api/phone/${String(code)}?language=ar`)).body;
	const shown = ({ open, opensAt, closesAt }: Record<string, unknown>) => ({ open, opensAt, closesAt });
	return {
		...{ topics: shown({ ...site }), phone: shown(phone) },
		availability: [...new Set(topics.map(({ availability }) => availability))],
	};
}

test("every surface says that the site is closed by hand, until when, and that it is open again", async () => {
	const opened = await openSupervised();
	const { close, reopen, issue, call } = opened;
	await issue();
	const two = MONDAY_NINE + 5 * HOUR;
	const closed = { open: false, opensAt: two, closesAt: null };
	expect(await close(two)).toMatchObject({ body: closed });
	expect(await surfacesOf(opened)).toEqual({ topics: closed, phone: closed, availability: ["site-closed"] });
	const token = await opened.signIn("3", "Wu", "supervisor");
	expect((await call("GET", "/api/opening", { token })).body).toMatchObject({
		...closed,
		closedByHand: { until: two },
	});
	await reopen();
	const open = { open: true, opensAt: null, closesAt: MONDAY_NINE + 8 * HOUR };
	expect(await surfacesOf(opened)).toEqual({ topics: open, phone: open, availability: ["available"] });
});

test("on a public holiday every surface says when the site opens, and a make-up working day is open", async () => {
	const catalogue = emptyFolder();
	cpSync(join(TOP, "resources/catalogue"), catalogue, { recursive: true });
	const path = join(catalogue, "locations.json");
	const locations = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>[];
	const exceptions = [
		{ date: "2026-11-23", until: "2026-11-27", hours: [] },
		{ date: "2026-11-28", hours: [{ opens_at: "10:00", closes_at: "16:00" }] },
	];
	writeFileSync(path, JSON.stringify(locations.map((one) => ({ ...one, exceptions }))));
	const opened = await openSupervised([...KEEPS_HOURS, "--catalogue", catalogue]);
	const token = await opened.signIn("1", "Chen", "supervisor");
	const body = { topic: "work-permit", language: "en", key: "at-the-desk" };
	await opened.call("POST", "/api/tickets", { token, body });
	const saturdayTen = MONDAY_NINE + 5 * DAY + HOUR;
	const closed = { open: false, opensAt: saturdayTen, closesAt: null };
	expect(await surfacesOf(opened)).toEqual({ topics: closed, phone: closed, availability: ["site-closed"] });
	expect(await opened.issue()).toMatchObject({ status: 409, body: { data: { opensAt: saturdayTen } } });
	opened.clock.now = saturdayTen;
	expect(await opened.site()).toMatchObject({ open: true, closesAt: saturdayTen + 6 * HOUR });
	// Closed by hand beyond the make-up day's end, it opens on Monday.
	await opened.close(saturdayTen + 7 * HOUR);
	expect(await opened.site()).toMatchObject({ open: false, opensAt: MONDAY_NINE + 7 * DAY });
});

test("a closure is kept over a restart", async () => {
	const first = await openTestStation({ flags: KEEPS_HOURS });
	const token = await first.signIn("1", "Chen", "supervisor");
	await first.call("PUT", "/api/opening/closure", { token, body: { until: null } });
	await first.close();
	const second = await openTestStation({ folder: first.folder, flags: KEEPS_HOURS });
	expect((await second.issue()).status).toBe(409);
});
