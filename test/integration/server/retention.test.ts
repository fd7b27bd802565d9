import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServerDatabase } from "../../../db/server/open.ts";
import { command } from "../../../db/server/schema/commands.ts";
import { event, stream } from "../../../db/server/schema/events.ts";
import { station } from "../../../db/server/schema/stations.ts";
import { UserError } from "../../../lib/errors.ts";
import { isRedacted } from "../../../protocol/events/personal-fields.ts";
import type { StationId, TicketId } from "../../../protocol/model/ids.ts";
import { writeAppend } from "../../../protocol/sync/append-body.ts";
import { type CommandAction, commandActionSchema } from "../../../protocol/sync/command.ts";
import { exportServer } from "../../../server/export/export-server.ts";
import { importServer } from "../../../server/export/import-server.ts";
import { exportedTables } from "../../../server/export/tables.ts";
import { openAuthentication } from "../../../server/fleet/authenticate.ts";
import { createHttpApp } from "../../../server/http/http-app.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { redactOldCommands, redactOldEvents } from "../../../server/retention/retention.ts";
import { signToken } from "../../../station/sync/enrolment/station-token.ts";
import { asSiteId, asStationId, asTopicId, randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";
import { linkedChange, makeEvents, makeHello, VISITORS_LINKS } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const DAY = 24 * 3_600_000;
const quiet = pino({ level: "silent" });

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
/** A second, empty database of the same PostgreSQL. */
let empty: Awaited<ReturnType<typeof openServerDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
	await opened.database.execute(sql`create database another`);
	empty = await openServerDatabase(anotherUrl(), join(TOP, "db/server/migrations"));
});
afterAll(async () => {
	await empty?.close();
	await opened?.close();
});

function anotherUrl(): string {
	const { options } = (opened.database as unknown as { $client: { options: { connectionString: string } } }).$client;
	const url = new URL(options.connectionString);
	url.pathname = "/another";
	return url.href;
}

/** A station that gave so many events of the year 1970 with something of a visitor in each; `at` tells when others were. */
async function stationWith(count: number, { at = (_: number): number => 1_000, receivedAt = NOW } = {}) {
	const id = randomId<StationId>();
	await opened.database.insert(station).values({ id, site: asSiteId("a-site"), publicKey: null, enrolledAt: NOW });
	const store = openPostgresEventStore(opened.database);
	const { batch, events } = makeEvents(count, undefined, 1_000, linkedChange);
	await store.handshake(id, makeHello(batch.stream), NOW);
	const checked = events.map((one) => ({ ...one, at: at(one.seq), standsFor: null }));
	await store.append({
		station: id,
		stream: batch.stream,
		after: 0,
		previousHash: batch.previousHash,
		events: checked,
		receivedAt,
	});
	return { id, stream: batch.stream };
}

const rowsOf = async (database: typeof opened.database) => ({
	station: await database.select().from(station).orderBy(station.id),
	stream: (await database.select().from(stream).orderBy(stream.id)).map((row) => ({ ...row, backedUpSeq: 0 })),
	event: await database.select().from(event).orderBy(event.stream, event.seq),
});

async function codeOf(work: Promise<unknown>): Promise<string> {
	const error: unknown = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(UserError);
	return (error as UserError).code;
}

test("an export holds all, marks what it holds as backed up, and fills an empty server or changes nothing", async () => {
	const one = await stationWith(3);
	await stationWith(2);
	const out = join(emptyFolder(), "server.export");
	const end = await exportServer(opened.database, { out, version: "0", now: NOW });
	expect(end.rows).toMatchObject({ station: 2, stream: 2, event: 5 });
	const [marked] = await opened.database.select().from(stream).where(eq(stream.station, one.id));
	expect(marked).toMatchObject({ ackedSeq: 3, backedUpSeq: 3 });
	const told = await openPostgresEventStore(opened.database).handshake(asStationId(one.id), makeHello(one.stream), NOW);
	expect(told).toMatchObject([{ ackedSeq: 3, backedUpSeq: 3 }]);
	const bytes = readFileSync(out);
	expect(await codeOf(exportServer(opened.database, { out, version: "0", now: NOW }))).toBe("EXPORT_EXISTS");
	expect(readFileSync(out).equals(bytes)).toBe(true);

	// Broken in any way it fills nothing.
	const text = gunzipSync(bytes).toString();
	const lines = text.trimEnd().split("\n");
	const broken: [string, Uint8Array | string, string][] = [
		["cut off", bytes.subarray(0, bytes.length - 30), "IMPORT_BROKEN"],
		["without its end", gzipSync(`${lines.slice(0, -1).join("\n")}\n`), "IMPORT_BROKEN"],
		["without a row", gzipSync(`${lines.toSpliced(3, 1).join("\n")}\n`), "IMPORT_BROKEN"],
		["altered", gzipSync(text.replace("a-site", "b-site")), "IMPORT_BROKEN"],
		["of another kind", gzipSync("{}\n{}\n{}\n"), "IMPORT_UNREADABLE"],
		["nothing of ours", "hello", "IMPORT_UNREADABLE"],
	];
	for (const [what, content, code] of broken) {
		const file = join(emptyFolder(), "broken.export");
		writeFileSync(file, content);
		expect(await codeOf(importServer(empty.database, file)), what).toBe(code);
	}
	expect(await codeOf(importServer(empty.database, join(emptyFolder(), "none")))).toBe("IMPORT_UNREADABLE");
	expect(await rowsOf(empty.database)).toEqual({ station: [], stream: [], event: [] });

	expect(await importServer(empty.database, out)).toEqual(end);
	expect(await rowsOf(empty.database)).toEqual(await rowsOf(opened.database));
	expect(await codeOf(importServer(empty.database, out))).toBe("IMPORT_NOT_EMPTY");
	expect(existsSync(`${out}.${process.pid}.part`)).toBe(false);
});

test("old events are cut on the server, once, by however many instances; hashes and later events stay", async () => {
	const { id } = await stationWith(700);
	const before = await opened.database.select().from(event).where(eq(event.station, id)).orderBy(event.seq);
	expect(await redactOldEvents(opened.database, 1_000)).toBe(0);
	await Promise.all([redactOldEvents(opened.database, 1_001), redactOldEvents(opened.database, 1_001)]);
	expect(await redactOldEvents(opened.database, 1_001)).toBe(0);
	const after = await opened.database.select().from(event).where(eq(event.station, id)).orderBy(event.seq);
	expect(after.map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
	expect(after.every(({ text }) => isRedacted(text))).toBe(true);
	const textsOf = (rows: typeof before) => rows.map(({ text }) => text).join();
	for (const link of VISITORS_LINKS) {
		expect(textsOf(before).includes(link), link).toBe(true);
		expect(textsOf(after).includes(link), link).toBe(false);
	}
});

test("an event that a clock dated a year ahead holds nothing up: it is cut when what came with it is", async () => {
	const { id } = await stationWith(5, { at: (seq) => (seq === 2 ? NOW + 365 * DAY : 1_000), receivedAt: NOW - DAY });
	const rows = () => opened.database.select().from(event).where(eq(event.station, id)).orderBy(event.seq);
	await redactOldEvents(opened.database, NOW - DAY);
	expect((await rows()).map(({ text }) => isRedacted(text))).toEqual([true, false, false, false, false]);
	await redactOldEvents(opened.database, NOW - DAY + 1);
	expect((await rows()).every(({ text }) => isRedacted(text))).toBe(true);
});

test("old commands lose what links them to a visitor, keep their numbers, and can still be read", async () => {
	const { id } = await stationWith(1);
	const of = (number: number, createdAt: number, action: CommandAction) => ({
		station: id,
		number,
		action,
		createdAt,
		expiresAt: NOW,
	});
	const digest = "ab".repeat(32);
	const ticket = randomId<TicketId>();
	const from = { site: asSiteId("a-site"), ticket };
	const visitor = { codeDigest: digest, at: 1, topic: asTopicId("work-permit"), language: "ar", partySize: 2 } as const;
	await opened.database
		.insert(command)
		.values([
			of(1, 999, { kind: "print-test" }),
			of(2, 999, { kind: "expect-visitor", from, ...visitor }),
			of(3, 999, { kind: "visitor-action", codeDigest: digest, action: { kind: "leave", version: 1 } }),
			of(4, 1_000, { kind: "expect-visitor", from, ...visitor }),
		]);
	expect(await redactOldCommands(opened.database, 1_000)).toBe(2);
	expect(await redactOldCommands(opened.database, 1_000)).toBe(0);
	const kept = await opened.database.select().from(command).where(eq(command.station, id)).orderBy(command.number);
	expect(kept.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
	for (const { action } of kept) expect(commandActionSchema.parse(action)).toEqual(action);
	const old = JSON.stringify(kept.slice(0, 3));
	for (const link of [digest, ticket, '"ar"']) expect(old).not.toContain(link);
	expect(kept[1]?.action).toMatchObject({ topic: "work-permit", from: { site: asSiteId("a-site") } });
	expect(kept[3]?.action).toMatchObject({ codeDigest: digest, language: "ar", from });
});

test("two instances on one database: each takes any request, and what one took the other knows", async () => {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const id = randomId<StationId>();
	await opened.database.insert(station).values({
		...{ id, site: asSiteId("a-site"), enrolledAt: NOW },
		publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64url"),
	});
	const device = {
		...{ server: "https://server.example", station: id },
		privateKey: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url"),
	};
	const instance = () =>
		createHttpApp({
			store: openPostgresEventStore(opened.database),
			authenticate: openAuthentication(opened.database),
			clock: () => NOW,
			log: quiet,
		});
	const instances = [instance(), instance()];
	const headers = { authorization: `Bearer ${await signToken(device as never, NOW)}` };
	const post = async (turn: number, path: string, body: string) => {
		const answer = await instances[turn % 2]?.request(`/sync/${path}`, { method: "POST", headers, body });
		return { status: answer?.status, body: await answer?.json() };
	};
	const first = makeEvents(2);
	const handshake = JSON.stringify(makeHello(first.batch.stream));
	await post(0, "handshake", handshake);
	let head = first.head;
	expect(await post(1, "append", writeAppend(first.batch))).toMatchObject({ status: 200 });
	for (let turn = 0; turn < 6; turn += 1) {
		const next = makeEvents(2, head);
		// The same batch at both at once: one takes it, the other says that it is there.
		const body = writeAppend(next.batch);
		const both = await Promise.all([post(turn, "append", body), post(turn + 1, "append", body)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
		head = next.head;
	}
	expect(await post(1, "handshake", handshake)).toMatchObject({ body: { cursors: [{ ackedSeq: 14 }] } });
});

test("every table is in an export, but for what is known of the backups of this very database", async () => {
	const { rows } = await opened.database.execute<{ name: string }>(
		// Parts of a partitioned table are not tables of their own.
		sql`select relname as name from pg_class
			where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
	);
	const exported = exportedTables().map(({ name }) => name);
	expect(rows.map(({ name }) => name).filter((name) => !exported.includes(name))).toEqual(["backup"]);
});

test("events are kept in parts by their station, so that one station's events are all in one of them", async () => {
	const { rows: parts } = await opened.database.execute<{ bound: string }>(sql`
		select pg_get_expr(relpartbound, oid) as bound from pg_class where relispartition and relkind = 'r' order by relname`);
	expect(parts).toHaveLength(32);
	expect(parts[0]?.bound).toBe("FOR VALUES WITH (modulus 32, remainder 0)");
	const { rows } = await opened.database.execute<{ parts: number }>(
		sql`select count(distinct tableoid)::int as parts from event group by station`,
	);
	expect(rows.length).toBeGreaterThan(0);
	expect(rows.every((row) => row.parts === 1)).toBe(true);
});

test("the tables of a station can be spread over machines by it: whatever must be unique in them begins with it", async () => {
	const perStation = exportedTables().filter(({ columns }) => columns.includes("station"));
	expect(perStation.map(({ name }) => name)).toEqual(expect.arrayContaining(["event", "stream", "rejected_request"]));
	// As PostgreSQL itself has them: primary keys, constraints and indexes, whoever made them.
	const firstOfUnique = () =>
		opened.database.execute<{ table: string; index: string; first: string }>(sql`
			select tables.relname as table, indexes.relname as index, attname as first
			from pg_index
			join pg_class indexes on indexes.oid = indexrelid
			join pg_class tables on tables.oid = indrelid
			left join pg_attribute on attrelid = indrelid and attnum = indkey[0]
			where indisunique and tables.relnamespace = 'public'::regnamespace
			order by 1, 2`);
	const strayed = async () =>
		(await firstOfUnique()).rows.filter(
			({ table, first }) => perStation.some(({ name }) => name === table) && first !== "station",
		);
	expect((await firstOfUnique()).rows).toEqual(
		expect.arrayContaining([{ table: "event", index: "event_once", first: "station" }]),
	);
	expect(await strayed()).toEqual([]);
	await opened.database.execute(sql`create unique index one_code on enrolment_code (digest)`);
	expect(await strayed()).toEqual([{ table: "enrolment_code", index: "one_code", first: "digest" }]);
	await opened.database.execute(sql`drop index one_code`);
});
