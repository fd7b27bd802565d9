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

test("a calendar without topics is read as the topic that is said", async () => {
	const { send, expected } = await openSupervised();
	const lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1@google.com", "SUMMARY:Doe", "DTSTART:20261123T040000Z"];
	const calendar = [...lines, "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
	const asked = await send(calendar, true);
	expect(asked).toMatchObject({ status: 422, body: { data: { reasons: [{ code: "no-topic" }] } } });
	expect(await send(calendar, false, { topic: "no-such-topic" })).toMatchObject({ status: 422 });
	expect(await expected()).toBe(0);
	expect(await send(calendar, false, { topic: "work-permit" })).toMatchObject({ body: { imported: { kept: 1 } } });
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

test("every bad list is refused with a code, a line and a column, and changes nothing", async () => {
	const { send, expected } = await openSupervised();
	const time = (cell: string) => `code,time,topic\nHY-2041,${cell},work-permit\n`;
	const calendar = (...lines: string[]) =>
		[
			"BEGIN:VCALENDAR",
			"BEGIN:VEVENT",
			"UID:AB12@x",
			"CATEGORIES:work-permit",
			...lines,
			"END:VEVENT",
			"END:VCALENDAR",
		].join("\r\n");
	const encodings = [TABLE, "已取消\n", Uint8Array.of(0xd2, 0xd1, 0xff, 0x0a), Uint8Array.of(0xe4, 0x74, 0x0a)];
	const bad: [string | Uint8Array, string, object | null][] = [
		[time("1970-01-01 08:00"), "time-far-year", { line: 2, column: "time" }],
		[time("2106-02-07 14:28"), "time-far-year", { line: 2, column: "time" }],
		[time("2026-11-31 10:00"), "time-no-such-day", { line: 2, column: "time" }],
		[time("46356.4375"), "time-number", { line: 2, column: "time" }],
		[time("2026-11-30 10:00").replace("HY-2041", "AB1"), "code-invalid", { line: 2, column: "code" }],
		[time("2026-11-30 10:00").replace("work-permit", "tea"), "topic-unknown", { line: 2, column: "topic" }],
		["Kennung;Zeit\n", "columns-missing", { line: 1 }],
		[calendar("DTSTART;TZID=Mars/Olympus:20261130T100000"), "zone-unknown", { line: 2, event: 1, column: "DTSTART" }],
		[calendar("DTSTART:19700101T000000Z"), "time-far-year", { line: 2, event: 1, column: "DTSTART" }],
		[calendar("DTSTART:21060207T062800Z"), "time-far-year", { line: 2, event: 1, column: "DTSTART" }],
		[Buffer.concat(encodings.map((part) => Buffer.from(part))), "file-encoding", null],
		[Buffer.from("%PDF-1.7"), "file-pdf", null],
		[Buffer.from("<html><table>"), "file-web-page", null],
	];
	for (const [content, code, where] of bad) {
		const { status, body } = await send(content, false);
		const { reasons } = body.data as { reasons: { code: string; where: object | null; what: string }[] };
		expect([status, body.code, reasons[0]?.code]).toEqual([422, "LIST_INVALID", code]);
		if (where === null) expect(reasons[0]?.where).toBeNull();
		else expect(reasons[0]?.where).toMatchObject(where);
		expect(reasons[0]?.what).toMatch(/^[A-Z"].*[.]$/s);
	}
	expect(await expected()).toBe(0);
});

test("which column is which can be said, and the table's columns are in the refusal", async () => {
	const { send } = await openSupervised();
	const table = "Kennung;Uhr;Anliegen;Kunde\nHY-2041;10:30;Arbeitserlaubnis (A, B, C);x\n";
	const { body } = await send(table, true);
	expect(body.data).toMatchObject({
		columns: { names: ["Kennung", "Uhr", "Anliegen", "Kunde"], found: { topic: 3 } },
	});
	const columns = { code: "1", time: "2", topic: "topic" };
	expect(await send(table, true, { columns: { ...columns, topic: "Anliegen" }, day: "30.11.2026" })).toMatchObject({
		status: 400,
	});
	const named = await send(table, true, { columns: { ...columns, topic: "Anliegen" }, day: "2026-11-23" });
	expect(named.body).toMatchObject({ code: "LIST_INVALID", data: { reasons: [{ code: "topic-unknown" }] } });
	const known = table.replace("Arbeitserlaubnis (A, B, C)", "Work permit (A, B, C)");
	expect(await send(known, true, { columns: { ...columns, topic: "Anliegen" }, day: "2026-11-23" })).toMatchObject({
		status: 200,
		body: { booked: 1, notes: [{ code: "columns-not-read" }] },
	});
});
