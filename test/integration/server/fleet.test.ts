import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { command } from "../../../db/server/schema/commands.ts";
import { event, stream } from "../../../db/server/schema/events.ts";
import { station } from "../../../db/server/schema/stations.ts";
import type { FleetMessage } from "../../../protocol/api/fleet.ts";
import { OLDER_COMMANDS_PAGE } from "../../../protocol/api/fleet.ts";
import type { EventId, StationId, StreamId } from "../../../protocol/model/ids.ts";
import { SEEN_RECENTLY_MS } from "../../../protocol/sync/command.ts";
import type { HandshakeRequest } from "../../../protocol/sync/sync.ts";
import { openCommands } from "../../../server/commands/commands.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { makeSigningKey } from "../../../server/documents/signing-keys.ts";
import { openAdministrators } from "../../../server/fleet/administrators.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { openFleet } from "../../../server/fleet/fleet.ts";
import { readAddresses } from "../../../server/http/client-address.ts";
import { addFleetApi } from "../../../server/http/fleet-app.ts";
import { createHttpApp } from "../../../server/http/http-app.ts";
import type { ServerApp } from "../../../server/http/server-app.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { openFleetStatistics } from "../../../server/statistics/fleet-statistics.ts";
import { answered, openFleetPage } from "../../fixtures/fleet-page.ts";
import { asSiteId, asStationId, asStreamId, randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 9);
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: ServerApp;
let now = NOW;
const key = makeSigningKey();

beforeAll(async () => {
	opened = await openTestDatabase();
}, 60_000);
afterAll(() => opened?.close(), 60_000);

beforeEach(() => {
	now = NOW;
	const { database } = opened;
	const log = pino({ level: "silent" });
	const clock = () => now;
	const documents = openDocuments(database);
	app = createHttpApp({
		store: openPostgresEventStore(database),
		authenticate: async () => asStationId(""),
		clock,
		log,
	});
	addFleetApi(app, {
		fleet: openFleet(database, documents),
		administrators: openAdministrators(database),
		enrolment: openEnrolment(database),
		documents,
		commands: openCommands(database),
		statistics: openFleetStatistics(database),
		keys: () => ({ current: key, next: key }),
		addressOf: readAddresses([]),
		clock,
		log,
		version: "0",
	});
});

async function makeStation(site = asSiteId(`site-${randomUUID()}`)) {
	const id = randomId<StationId>();
	await opened.database.insert(station).values({ id, site, publicKey: "a", enrolledAt: NOW });
	return id;
}

type From = HandshakeRequest["streams"][number]["from"];
/** What a station says of its streams. */
function t(id: string, streams: { stream: StreamId; from?: From }[], report: Partial<HandshakeRequest["report"]> = {}) {
	const handshake = makeHello();
	const told = streams.map(({ stream, from = null }) => ({ stream, seq: 0, head: "0".repeat(64), from }));
	return openPostgresEventStore(opened.database).handshake(
		asStationId(id),
		{ streams: told, clock: now, report: { ...handshake.report, ...report } },
		now,
	);
}

/** The page of an administrator who is signed in. */
async function requireSession() {
	const name = `it-${randomUUID()}`;
	const password = await openAdministrators(opened.database).add(name);
	const open = (headers: Record<string, string> = {}) =>
		openFleetPage((path, init) => app.request(path, init), headers);
	const page = open();
	const signIn = (typed = password, headers?: Record<string, string>) =>
		(headers ? open(headers) : page).session.open({ name, password: typed });
	return { name, ...page, signIn };
}

type Page = Awaited<ReturnType<typeof requireSession>>;

const shownOf = async ({ fleet }: Page, id: string) =>
	answered(await fleet.read()).stations.find((one) => one.id === id);

test("a copied disk is a fork until somebody has looked into it; a device that is enrolled anew is none", async () => {
	const page = await requireSession();
	await page.signIn();
	const [copied, renewed] = [await makeStation(), await makeStation()];
	const [first, second] = [randomId<StreamId>(), randomId<StreamId>()];
	await t(copied, [{ stream: asStreamId(first) }]);
	await opened.database.update(stream).set({ ackedSeq: 120 }).where(eq(stream.id, first));
	// From before the end of what the server has: another disk went on there.
	await t(copied, [
		{ stream: asStreamId(first) },
		{ stream: randomId<StreamId>(), from: { stream: asStreamId(first), seq: 100 } },
	]);
	await t(renewed, [{ stream: asStreamId(second) }]);
	await opened.database.update(stream).set({ ackedSeq: 120 }).where(eq(stream.id, second));
	await t(renewed, [
		{ stream: asStreamId(second) },
		{ stream: randomId<StreamId>(), from: { stream: asStreamId(second), seq: 120 } },
	]);

	expect(await shownOf(page, copied)).toMatchObject({ forks: 1, forksReviewed: null, runsTwice: false });
	expect(await shownOf(page, renewed)).toMatchObject({ forks: 0 });
	expect((await page.stations.reviewForks({ station: copied, forks: 1 })).kind).toBe("ok");
	expect(await shownOf(page, copied)).toMatchObject({ forks: 1, forksReviewed: { by: page.name, at: NOW, forks: 1 } });
	expect(await page.stations.reviewForks({ station: randomId<StationId>(), forks: 1 })).toMatchObject({
		code: "STATION_UNKNOWN",
	});
});

test("commands of administrators within a day are shown, however many the server gave; older ones are asked for", async () => {
	const page = await requireSession();
	await page.signIn();
	const id = await makeStation();
	const DAY = 24 * 3_600_000;
	const COUNT = 5 + OLDER_COMMANDS_PAGE + 2;
	await opened.database.insert(command).values(
		Array.from({ length: COUNT * 2 }, (_, index) => ({
			station: id,
			number: index + 1,
			action: { kind: "restart" as const },
			// Each second one is the server's own.
			createdBy: index % 2 === 0 ? "lin" : null,
			// The last five of administrators are of the day.
			createdAt: index < (COUNT - 5) * 2 ? NOW - DAY : NOW,
			expiresAt: NOW,
		})),
	);
	const shown = (await shownOf(page, id))?.commands ?? [];
	expect(shown.map(({ number }) => number)).toEqual([53, 51, 49, 47, 45]);
	const older = async (before: number) => answered(await page.commands.list({ station: id, before })).commands;
	const next = await older(45);
	expect(next).toHaveLength(OLDER_COMMANDS_PAGE);
	expect(next[0]).toMatchObject({ number: 43, createdBy: "lin" });
	expect((await older(5)).map(({ number }) => number)).toEqual([3, 1]);
	expect(await older(1)).toEqual([]);
	expect(answered(await page.commands.list({ station: id })).commands[0]).toMatchObject({ number: 53 });
	expect(await page.commands.list({ station: "x", before: 1 })).toMatchObject({
		code: "BAD_REQUEST",
		data: { at: "station" },
	});
});

test("how far the server's backup reaches", async () => {
	const page = await requireSession();
	await page.signIn();
	const backup = async () => {
		now += 61_000;
		return answered(await page.fleet.read()).backup;
	};
	const [id, own] = [await makeStation(), randomId<StreamId>()];
	await t(id, [{ stream: own }]);
	await opened.database.update(stream).set({ ackedSeq: 0, backedUpSeq: 0 });
	expect(await backup()).toEqual({ made: false, missingSince: null });
	const events = [1, 2, 3].map((seq) => ({
		station: id,
		stream: own,
		seq,
		eventId: randomId<EventId>(),
		type: "help.requested",
		at: NOW,
		text: "{}",
		hash: "0".repeat(64),
		receivedAt: NOW + seq,
	}));
	await opened.database.insert(event).values(events);
	await opened.database.update(stream).set({ ackedSeq: 3 }).where(eq(stream.id, own));
	expect(await backup()).toEqual({ made: false, missingSince: NOW + 1 });
	await opened.database.update(stream).set({ backedUpSeq: 2 }).where(eq(stream.id, own));
	expect(await backup()).toEqual({ made: true, missingSince: NOW + 3 });
	await opened.database.update(stream).set({ backedUpSeq: 3 }).where(eq(stream.id, own));
	expect(await backup()).toEqual({ made: true, missingSince: null });
});

test("the page hears the whole once, then what changes, at once after an act of its own", async () => {
	const page = await requireSession();
	await page.signIn();
	const id = await makeStation();
	const answer = await page.fetch("/fleet/api/events");
	const messages = readMessages(answer);
	const whole = await messages.next();
	expect(whole).toMatchObject({ kind: "whole", snapshot: { administrator: page.name, version: "0" } });
	expect(whole?.kind === "whole" && whole.snapshot.stations.some((one) => one.id === id)).toBe(true);
	await page.stations.revoke({ station: id });
	expect(await messages.next()).toMatchObject({
		kind: "changes",
		changes: { stations: [{ id, fields: { revokedAt: NOW } }], gone: [] },
	});
	await opened.database.delete(station).where(eq(station.id, id));
	expect(await messages.next()).toMatchObject({ kind: "changes", changes: { stations: [], gone: [id] } });
	// A session that has ended ends its stream too.
	await page.session.close();
	expect(await messages.next()).toBeUndefined();
});

/** The messages of a stream of server-sent events; undefined at its end. */
function readMessages(answer: Response) {
	const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	return {
		async next(): Promise<FleetMessage | undefined> {
			for (;;) {
				const found = /^data: (.*)\n\n/m.exec(text);
				if (found?.[1] !== undefined) {
					text = text.slice(found.index + found[0].length);
					return JSON.parse(found[1]) as FleetMessage;
				}
				const read = await reader?.read();
				if (!read || read.done) return undefined;
				text += read.value;
			}
		},
	};
}

test("names are those of the catalogue that stations bring, as long as none is published", async () => {
	const page = await requireSession();
	expect(await page.fleet.names()).toMatchObject({ code: "SIGN_IN_REQUIRED" });
	await page.signIn();
	expect(answered(await page.fleet.names())).toMatchObject({
		version: null,
		sites: { en: { "permanent-residence-service-centre": "Permanent Residence Service Centre" } },
		topics: { "zh-Hans": { "work-permit": expect.stringContaining("工作许可") } },
	});
});

test("an address that tries passwords is stopped, whosever accounts it tries; others sign in", async () => {
	const from = (address: string) => ({ "x-forwarded-for": address });
	const pages = await Promise.all([1, 2, 3].map(() => requireSession()));
	const codeOf = async (answer: ReturnType<Page["signIn"]>) => {
		const said = await answer;
		return said.kind === "refused" ? said.code : said.kind;
	};
	const [first, second, third] = pages as [Page, Page, Page];
	// At once: each is counted before it is tried.
	const tries = await Promise.all(
		[first, second, third].flatMap((page) => [1, 2, 3, 4].map(() => codeOf(page.signIn("wrong", from("203.0.113.9"))))),
	);
	expect(tries.filter((code) => code === "SIGN_IN_RATE_LIMITED")).toHaveLength(2);
	expect(await codeOf(first.signIn(undefined, from("203.0.113.9")))).toBe("SIGN_IN_RATE_LIMITED");
	expect(await codeOf(first.signIn(undefined, from("203.0.113.10")))).toBe("ok");
	now += 60_000;
	expect(await codeOf(second.signIn(undefined, from("203.0.113.9")))).toBe("ok");
	// An account never locks, however many addresses try it: nobody can keep its administrator out.
	const fourth = await requireSession();
	for (let turn = 1; turn <= 9; turn += 1)
		expect(await codeOf(fourth.signIn("wrong", from(`198.51.100.${turn}`)))).toBe("SIGN_IN_REFUSED");
	expect(await codeOf(fourth.signIn(undefined, from("198.51.100.10")))).toBe("ok");
});

test("who signs in begins anew: an office behind one address is not shut out by its own work", async () => {
	const page = await requireSession();
	for (let turn = 0; turn < 12; turn += 1) expect((await page.signIn()).kind).toBe("ok");
});

test("since when a station says the same: another report, or a silence, begins it anew", async () => {
	const [id, own] = [await makeStation(), randomId<StreamId>()];
	const since = async () => {
		const [found] = await opened.database
			.select({ since: station.reportSince })
			.from(station)
			.where(eq(station.id, id));
		return (found?.since ?? 0) - NOW;
	};
	const heard = async (after: number, waiting: number) => {
		now = NOW + after;
		await t(id, [{ stream: own }], { waiting });
		return since();
	};
	expect(await heard(0, 1)).toBe(0);
	expect(await heard(20_000, 1)).toBe(0);
	expect(await heard(40_000, 2)).toBe(40_000);
	expect(await heard(40_000 + SEEN_RECENTLY_MS, 2)).toBe(40_000);
	const later = 40_001 + 2 * SEEN_RECENTLY_MS;
	expect(await heard(later, 2)).toBe(later);
});

test("the API describes itself to anyone, for programs and for people", async () => {
	const document = await app.request("/fleet/api/openapi.json");
	expect(await document.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), info: { version: "0" } });
	const page = await app.request("/fleet/api/docs");
	expect(page.headers.get("content-type")).toMatch(/^text\/html/);
	expect(await page.text()).toContain("<code>/stations/{station}/commands</code>");
	expect((await app.request("/fleet/api/nothing")).status).toBe(404);
	const wrongMethod = await app.request("/fleet/api/session", { method: "PUT" });
	expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"]);
});
