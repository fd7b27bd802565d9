import { expect, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";

const TABLE = "code,time,topic\nHY-2041,2026-11-23 10:30,work-permit\nHY-2042,2026-11-23 11:00,work-permit\n";

async function openSupervised() {
	const opened = await openTestStation();
	const token = await opened.signIn("1", "Chen", "supervisor");
	const send = (text: string | Uint8Array, isDryRun: boolean, more: object = {}) =>
		opened.call("POST", "/api/appointments/file", {
			token,
			body: { file: Buffer.from(text).toString("base64"), isDryRun, ...more },
		});
	const expected = async () =>
		((await opened.call("GET", "/api/visits", { token })).body as { visits: unknown[] }).visits.length;
	return { ...opened, send, expected };
}

test("a dry run says what a list holds and imports nothing; then it is imported, and again it changes nothing", async () => {
	const { send, expected, call, station } = await openSupervised();
	expect(await send(TABLE, true)).toMatchObject({ status: 200, body: { booked: 2, cancelled: 0, imported: null } });
	expect(await expected()).toBe(0);
	expect(await send(TABLE, false)).toMatchObject({ body: { imported: { kept: 2, unchanged: 0 } } });
	expect(await send(TABLE, false)).toMatchObject({ body: { imported: { kept: 0, unchanged: 2 } } });
	const body = { code: "hy2041", language: "en" };
	expect((await call("POST", "/api/check-in", { token: station.kioskKey, body })).status).toBe(201);
});

test.each<[string, string | Uint8Array, RegExp]>([
	["half a row", `${TABLE}HY-2043,2026-11-23`, /line 4, column time.*2026-11-23/],
	["a zip", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /zip file/],
	["an unclosed calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n", /VEVENT of line 2 is not closed/],
	[
		"a day and a month that could be either",
		"code,time,topic\nHY-1,05/12/2026 9:00,work-permit",
		/line 2, column time/,
	],
	["two encodings", Buffer.concat([Buffer.from(TABLE), Uint8Array.of(0xff, 0xd6, 0x0a)]), /Line 4/],
	["nothing", "", /empty/],
])("refused whole with the place: %s", async (_, content, reason) => {
	const { send, expected } = await openSupervised();
	const answer = await send(content, false);
	expect(answer).toMatchObject({ status: 422, body: { code: "LIST_INVALID" } });
	expect(String((answer.body.data as { reason: string }).reason)).toMatch(reason);
	expect(await expected()).toBe(0);
});

test("a list whose days could be read both ways is read in the order that is said", async () => {
	const { send } = await openSupervised();
	const table = "code,time,topic\nHY-1001,05/12/2026 9:00,work-permit\n";
	const asked = await send(table, true);
	expect(asked).toMatchObject({ status: 422, body: { code: "LIST_INVALID", data: { eitherOrder: "05/12/2026" } } });
	expect(await send(table, true, { dates: "dmy" })).toMatchObject({ status: 200, body: { booked: 1 } });
});

test("a code that another booking of the day has is named, and nothing is imported", async () => {
	const { send, expected } = await openSupervised();
	const calendar = [
		...["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:HY-2041@booking.example", "CATEGORIES:work-permit"],
		...["DTSTART:20261123T040000Z", "END:VEVENT", "END:VCALENDAR", ""],
	].join("\r\n");
	expect(await send(calendar, false)).toMatchObject({ body: { imported: { kept: 1 } } });
	const answer = await send(TABLE, false);
	expect(answer).toMatchObject({ status: 422, body: { code: "LIST_INVALID" } });
	expect(String((answer.body.data as { reason: string }).reason)).toContain("the code HY-2041 on 2026-11-23");
	expect(await expected()).toBe(1);
});

test("only a supervisor imports, and a file beyond the limit is refused", async () => {
	const { call, signIn, send } = await openSupervised();
	const token = await signIn("2");
	const body = { file: Buffer.from(TABLE).toString("base64"), isDryRun: true };
	expect(await call("POST", "/api/appointments/file", { token, body })).toMatchObject({ status: 403 });
	expect(await send("x".repeat(400_000), true)).toMatchObject({ status: 413, body: { code: "BODY_TOO_LARGE" } });
});
