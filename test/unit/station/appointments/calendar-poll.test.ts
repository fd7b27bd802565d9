import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { TopicId } from "../../../../protocol/model/ids.ts";
import { toCalendarAddress } from "../../../../station/appointments/calendar-address.ts";
import { openCalendarPoll } from "../../../../station/appointments/calendar-poll.ts";
import { fetchCalendar } from "../../../../station/appointments/fetch-calendar.ts";
import type { Expected, ListedEvent } from "../../../../station/appointments/keep-visits.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

const NOW = Date.UTC(2026, 10, 23, 1, 0);
const HOUR = 3_600_000;

const event = (code: string, ...more: string[]) =>
	[
		...["BEGIN:VEVENT", `UID:${code}@booking.example`, "DTSTART:20261123T040000Z", "CATEGORIES:housing"],
		...more,
		"END:VEVENT",
	].join("\r\n");
const calendar = (...events: string[]) =>
	["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", ...events, "END:VCALENDAR", ""].join("\r\n");

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const give =
	(body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): Answer =>
	(_, response) =>
		void response.writeHead(status, headers).end(body);

/** A server of calendars on this machine, and a poll of it that keeps what it is told. */
async function openPolled({ timeoutMs }: { timeoutMs?: number } = {}) {
	const now = { at: NOW, isInDoubt: false, topics: [asTopicId("housing")] as TopicId[] };
	let answer: Answer = give(calendar());
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		asked.push(request);
		answer(request, response);
	}).listen(0, "127.0.0.1");
	await new Promise((done) => server.once("listening", done));
	const { port } = server.address() as AddressInfo;
	const closing = new AbortController();
	onTestFinished(() => {
		closing.abort();
		server.closeAllConnections();
		server.close();
	});
	const told: { visits: Expected[]; cancelled: readonly ListedEvent[] }[] = [];
	const address = new URL(`http://127.0.0.1:${port}/secret-token/feed.ics`);
	const poll = openCalendarPoll({
		...{ host: address.host, signal: closing.signal, log: pino({ level: "silent" }), changed() {} },
		fetchCalendar: (known) => fetchCalendar(address, known, { signal: closing.signal, timeoutMs }),
		site: () => ({ timezone: "Asia/Shanghai", topicIds: now.topics }),
		visits: {
			expect({ visits = [], cancelled = [] }) {
				told.push({ visits: [...visits], cancelled });
				return { kept: 0, withdrawn: 0, unchanged: 0, unmatched: [], older: 0 };
			},
		},
		clock: () => now.at,
		holdsDay: () => now.isInDoubt,
	});
	return {
		...{ now, asked, told, port, closing, health: poll.health },
		async poll(next: Answer) {
			answer = next;
			await poll.poll();
			return poll.health();
		},
	};
}

test("a calendar is read, and asked for with what its server said of it; unchanged, it is not read again", async () => {
	const { poll, told, asked, now } = await openPolled();
	const headers = { etag: '"v1"', "last-modified": "Mon, 23 Nov 2026 00:00:00 GMT" };
	expect(await poll(give(calendar(event("HY2041")), headers))).toMatchObject({ state: "current", booked: 1 });
	now.at += HOUR;
	const health = await poll(give("", {}, 304));
	expect(asked[1]?.headers).toMatchObject({
		"if-none-match": headers.etag,
		"if-modified-since": headers["last-modified"],
	});
	expect(health).toMatchObject({ state: "current", booked: 1, currentAt: NOW + HOUR, advice: null });
	expect(told).toHaveLength(1);
});

test("a calendar that only looks new is not written again; once a day, and for other topics, it is read afresh", async () => {
	const { poll, told, asked, now } = await openPolled();
	const same = give(calendar(event("HY2041")), { etag: '"v1"' });
	await poll(same);
	await poll(same);
	expect(told).toHaveLength(1);
	now.at += 25 * HOUR;
	await poll(same);
	expect(asked.at(-1)?.headers["if-none-match"]).toBeUndefined();
	expect(told).toHaveLength(2);
	now.topics = [asTopicId("housing"), asTopicId("tax")];
	await poll(same);
	expect(told).toHaveLength(3);
});

test("a cancellation in the calendar withdraws the booking", async () => {
	const { poll, told } = await openPolled();
	await poll(give(calendar(event("HY2041"))));
	expect(await poll(give(calendar(event("HY2041", "STATUS:CANCELLED"))))).toMatchObject({ booked: 0, cancelled: 1 });
	expect(told.at(-1)).toMatchObject({ visits: [], cancelled: [{ source: "calendar HY2041@booking.example" }] });
});

const cutOff: Answer = (_, response) => {
	response.writeHead(200, { "content-length": "100000" });
	response.write(calendar(event("HY2042")), () => response.destroy());
};
const endless: Answer = (_, response) => {
	response.writeHead(200);
	response.write("BEGIN:VCALENDAR\r\n");
	const more = () => {
		while (!response.destroyed && response.write("X-MORE:".padEnd(65_536, "x")));
	};
	response.on("drain", more);
	more();
};
const sendTo =
	(location: string): Answer =>
	(_, response) =>
		void response.writeHead(302, { location }).end();

test.each<[string, Answer, RegExp]>([
	["an error of the server", give("", {}, 500), /answers 500\./],
	["a calendar behind a sign-in", give("", {}, 401), /answers 401\. Use an address that needs no sign-in/],
	["unchanged where nothing was said to compare with", give("", {}, 304), /answers 304/],
	["a web page", give("<!doctype html><title>Sign in</title>", { "content-type": "text/html" }), /web page/],
	["a zip file", give(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)), /not a calendar/],
	["a table", give("code,time,topic\r\nHY2042,2026-11-23 12:00,housing\r\n"), /not a calendar/],
	["nothing", give(""), /not a calendar/],
	["half a calendar", give(calendar(event("HY2042")).slice(0, 120)), /VEVENT of line 4 is not closed/],
	["a calendar of something else", give(calendar(event("lunch").replace("housing", "LUNCH"))), /topic of this site/],
	["a calendar that breaks off", cutOff, /broke off/],
	["a calendar without an end", endless, /larger than 2 MB/],
	["a way to a file", sendTo("file:///etc/passwd"), /not https/],
	["a way to an odd scheme", sendTo("data:text/calendar,BEGIN:VCALENDAR"), /not https/],
	["a way to bare http elsewhere", sendTo("http://calendar.example/feed.ics"), /not https/],
	["a way to itself for ever", sendTo("/again.ics"), /more than 5 times/],
])("%s changes nothing and is told, until the calendar is right again", async (_name, wrong, why) => {
	const { poll, told, now } = await openPolled();
	const right = give(calendar(event("HY2041")));
	await poll(right);
	now.at += HOUR;
	const health = await poll(wrong);
	expect(health).toMatchObject({ state: "failing", currentAt: NOW, polledAt: NOW + HOUR, booked: 1 });
	expect(health.advice).toMatch(why);
	expect(JSON.stringify(health)).not.toContain("secret-token");
	expect(told).toHaveLength(1);
	expect(await poll(right)).toMatchObject({ state: "current", currentAt: NOW + HOUR, advice: null });
});

test("a redirect on the same machine is followed", async () => {
	const { poll } = await openPolled();
	const health = await poll((request, response) => {
		if (request.url === "/new.ics") give(calendar(event("HY2041")))(request, response);
		else sendTo("/new.ics")(request, response);
	});
	expect(health).toMatchObject({ state: "current", booked: 1 });
});

test("a server that says nothing is given up, and one that is gone is named", async () => {
	const { poll, closing, told } = await openPolled({ timeoutMs: 50 });
	expect(await poll(() => {})).toMatchObject({ state: "failing", advice: expect.stringMatching(/in time/) });
	const gone = await fetchCalendar(new URL("http://127.0.0.1:1/feed.ics"), undefined, { signal: closing.signal });
	expect(gone).toMatchObject({
		kind: "failed",
		why: { code: "feed-unreachable", data: { why: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached/) } },
	});
	expect(told).toEqual([]);
});

test("while the clock is in doubt the calendar rests", async () => {
	const { poll, asked, now } = await openPolled();
	now.isInDoubt = true;
	expect(await poll(give(calendar(event("HY2041"))))).toMatchObject({ state: "resting", polledAt: null });
	expect(asked).toEqual([]);
	now.isInDoubt = false;
	expect(await poll(give(calendar(event("HY2041"))))).toMatchObject({ state: "current", booked: 1 });
});

test.each([
	["https://calendar.example/feed.ics", "https://calendar.example/feed.ics"],
	["webcal://calendar.example/feed.ics", "https://calendar.example/feed.ics"],
	["http://127.0.0.1:8080/feed.ics", "http://127.0.0.1:8080/feed.ics"],
	["http://calendar.example/feed.ics", undefined],
	["https://user:password@calendar.example/feed.ics", undefined],
	["file:///etc/passwd", undefined],
	["calendar.example", undefined],
])("the address %s is asked as %s", (text, asked) => {
	expect(toCalendarAddress(text)?.href).toBe(asked);
});
