import { generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { Client } from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { transienceOf } from "../../../db/server/retry.ts";
import { command } from "../../../db/server/schema/commands.ts";
import { document } from "../../../db/server/schema/documents.ts";
import { station } from "../../../db/server/schema/stations.ts";
import type { UserError } from "../../../lib/errors.ts";
import type { StationId, TicketId } from "../../../protocol/model/ids.ts";
import { COMMAND_PROJECTION } from "../../../server/commands/command-projection.ts";
import { openCommands } from "../../../server/commands/commands.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { makeSigningKey } from "../../../server/documents/signing-keys.ts";
import { exportServer } from "../../../server/export/export-server.ts";
import { importServer } from "../../../server/export/import-server.ts";
import { exportedTables } from "../../../server/export/tables.ts";
import { openAdministrators } from "../../../server/fleet/administrators.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { openFleet } from "../../../server/fleet/fleet.ts";
import { openNetworkView } from "../../../server/fleet/network-view.ts";
import { readAddresses } from "../../../server/http/client-address.ts";
import { addEnrolmentRoutes } from "../../../server/http/enrolment-routes.ts";
import { createHttpApp } from "../../../server/http/http-app.ts";
import { addPhoneRoutes } from "../../../server/http/phone-routes.ts";
import { addPullRoutes } from "../../../server/http/pull-routes.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { openHints } from "../../../server/notify/hints.ts";
import { openPhoneTickets } from "../../../server/phones/phone-tickets.ts";
import { redactOldCommands, redactOldEvents } from "../../../server/retention/retention.ts";
import { asEventId, asSiteId, asStationId, asTopicId, randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { makeEvents, makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const quiet = pino({ level: "silent" });
const sendQuery = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());
afterEach(() => vi.restoreAllMocks());

const conflict = () => Object.assign(new Error("could not serialize access"), { code: "40001" });
/** As pg says it: it knows no code for it. */
const broken = () => new Error("Connection terminated unexpectedly");

/** The network between pool and PostgreSQL: each statement that `meets` gives a fault for never gets there. */
function meet(meets: (text: string, number: number) => Error | undefined) {
	const asked: string[] = [];
	vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
		const text = String((args[0] as { text?: string }).text ?? args[0]).trim();
		asked.push(text);
		const error = text === "rollback" ? undefined : meets(text, asked.length);
		if (!error) return sendQuery.apply(this, args);
		const back = args.at(-1);
		if (typeof back !== "function") return Promise.reject(error);
		process.nextTick(() => (back as (error: Error) => void)(error));
		return undefined;
	} as never);
	return asked;
}

async function newStation(): Promise<StationId> {
	const id = randomId<StationId>();
	const { publicKey } = generateKeyPairSync("ed25519");
	const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64url");
	await opened.database.insert(station).values({ id, site: asSiteId(`site-${id}`), publicKey: spki, enrolledAt: NOW });
	return id;
}

const enrolmentOf = async () => {
	const { database } = opened;
	const site = asSiteId(`site-${randomUUID()}`);
	const { code } = await openEnrolment(database).makeCode(site, NOW);
	const publicKey = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" });
	return { site, code, publicKey: publicKey.toString("base64url") };
};

/** Every kind of work: made ready, then done while the database conflicts. */
const WORKS: [string, () => Promise<() => Promise<unknown>>][] = [
	[
		"a hello",
		async () => {
			const id = await newStation();
			const handshake = makeHello(randomId());
			return () => openPostgresEventStore(opened.database).handshake(asStationId(id), handshake, NOW);
		},
	],
	[
		"events",
		async () => {
			const id = await newStation();
			const store = openPostgresEventStore(opened.database);
			const { batch, events } = makeEvents(2);
			await store.handshake(asStationId(id), makeHello(batch.stream), NOW);
			const checked = events.map((one) => ({ ...one, type: "help.requested", at: 1_000, standsFor: null }));
			return () => store.append({ ...batch, station: asStationId(id), events: checked, receivedAt: NOW });
		},
	],
	[
		"a poll",
		async () => {
			const id = await newStation();
			const commands = openCommands(opened.database);
			await commands.send(id, { kind: "print-test" }, { by: null, now: NOW });
			const documents = openDocuments(opened.database);
			return async () => ({ commands: await commands.after(id, 0, NOW), documents: await documents.newest() });
		},
	],
	[
		"an enrolment",
		async () => {
			const request = await enrolmentOf();
			return () => openEnrolment(opened.database).enrol(request, NOW);
		},
	],
	[
		"shutting a station out",
		async () => {
			const id = await newStation();
			return () => openEnrolment(opened.database).revoke(asStationId(id), NOW);
		},
	],
	[
		"a command",
		async () => {
			const id = await newStation();
			return () => openCommands(opened.database).send(id, { kind: "restart" }, { by: null, now: NOW });
		},
	],
	[
		"the phones' tickets",
		async () => {
			const phones = openPhoneTickets(opened.database);
			const id = await newStation();
			return () => phones.save(id, [{ codeDigest: "c".repeat(64), ticket: {} as never }], NOW);
		},
	],
	[
		"the fleet's page",
		async () => {
			const fleet = openFleet(opened.database, openDocuments(opened.database));
			const administrators = openAdministrators(opened.database);
			const password = await administrators.add("it");
			return async () => {
				await fleet.snapshot(NOW);
				return administrators.find((await administrators.signIn("it", password, NOW)).token, NOW);
			};
		},
	],
	[
		"retention",
		async () => {
			const { database } = opened;
			return async () => [await redactOldEvents(database, 0), await redactOldCommands(database, 0)];
		},
	],
	[
		"an export",
		async () => {
			const folder = emptyFolder();
			return () =>
				exportServer(opened.database, { out: join(folder, `${randomUUID()}.export`), version: "0", now: NOW });
		},
	],
	[
		"an import",
		async () => {
			const out = join(emptyFolder(), "server.export");
			await exportServer(opened.database, { out, version: "0", now: NOW });
			const all = exportedTables().map(({ name }) => sql.identifier(name));
			await opened.database.execute(sql`truncate ${sql.join(all, sql`, `)}`);
			return () => importServer(opened.database, out);
		},
	],
];

test.each(WORKS)("%s is done in spite of a conflict at any of its statements", async (_, makeReady) => {
	const calm = await makeReady();
	const statements = meet(() => undefined);
	await calm();
	const count = statements.length;
	expect(count).toBeGreaterThan(0);
	vi.restoreAllMocks();
	for (let at = 1; at <= count; at += 1) {
		const work = await makeReady();
		const asked = meet((_, number) => (number === at ? conflict() : undefined));
		await expect(work(), `a conflict at statement ${at}: ${asked[at - 1]}`).resolves.not.toThrow();
		expect(asked.length).toBeGreaterThan(count);
		vi.restoreAllMocks();
	}
});

test.each(WORKS)("%s that conflicts for ever ends, after a few tries", async (_, makeReady) => {
	const work = await makeReady();
	const asked = meet(() => conflict());
	const error: unknown = await work().catch((thrown: unknown) => thrown);
	expect(transienceOf(error) === "undone" || (error as UserError).code === "DATABASE_BUSY").toBe(true);
	expect(asked.length).toBeLessThan(40);
});

test("a published catalogue and rotated keys are each there once, whichever statement conflicted", async () => {
	const documents = openDocuments(opened.database);
	let keys = { current: makeSigningKey(), next: makeSigningKey() };
	await documents.introduce(keys);
	const publish = () => documents.publish({ kind: "configuration", body: {} }, { by: "it", now: NOW, keys });
	let version = await publish();
	for (let at = 1; at <= 5; at += 1) {
		meet((_, number) => (number === at ? conflict() : undefined));
		const published = await publish();
		expect(published).toBe(version + 1);
		version = published;
		vi.restoreAllMocks();
		meet((_, number) => (number === at ? conflict() : undefined));
		keys = await documents.rotate(keys, { by: "it", now: NOW, save: () => {} });
		vi.restoreAllMocks();
	}
	const rows = await opened.database.select().from(document).orderBy(document.kind, document.version);
	expect(rows.filter(({ kind }) => kind === "configuration")).toHaveLength(6);
	expect(rows.filter(({ kind }) => kind === "signers")).toHaveLength(5);
	expect(await documents.newest()).toMatchObject([{ kind: "configuration", version }, { kind: "signers" }]);
});

test("commands given in spite of conflicts are there once, each with the one before it", async () => {
	const id = await newStation();
	const given: number[] = [];
	const commands = openCommands(opened.database);
	for (let at = 1; at <= 5; at += 1) {
		meet((_, number) => (number === at ? conflict() : undefined));
		given.push(await commands.send(id, { kind: "print-test" }, { by: null, now: NOW }));
		vi.restoreAllMocks();
	}
	const rows = await opened.database.select().from(command).where(eq(command.station, id)).orderBy(command.number);
	expect(rows.map(({ number }) => number)).toEqual(given);
	expect(rows.map(({ previousNumber }) => previousNumber)).toEqual([0, ...given.slice(0, -1)]);
});

test("a connection that breaks: reading and what was not committed is done again, anything else only told", async () => {
	const id = await newStation();
	const { database } = opened;
	const commands = openCommands(database);
	const give = () => commands.send(id, { kind: "print-test" }, { by: null, now: NOW });
	const once = (matches: RegExp) => {
		let faults = 1;
		return meet((text) => (matches.test(text) && faults-- > 0 ? broken() : undefined));
	};
	once(/^select/);
	expect(await commands.after(id, 0, NOW)).toEqual([]);
	vi.restoreAllMocks();
	for (const matches of [/^begin/, /^insert/]) {
		const asked = once(matches);
		await give();
		expect(asked.filter((text) => text.startsWith("begin"))).toHaveLength(2);
		vi.restoreAllMocks();
	}
	// Nobody knows whether it was committed: a second one would be another command.
	const asked = once(/^commit/);
	expect(transienceOf(await give().catch((error: unknown) => error))).toBe("broken");
	expect(asked.filter((text) => text.startsWith("begin"))).toHaveLength(1);
	vi.restoreAllMocks();
	once(/^update/);
	const renamed = await database
		.update(station)
		.set({ site: asSiteId("another") })
		.where(eq(station.id, id))
		.catch((error: unknown) => error);
	expect(transienceOf(renamed)).toBe("broken");
	vi.restoreAllMocks();
	// Every connection was given back: more works than there are connections are still done.
	await Promise.all(Array.from({ length: 30 }, give));
});

test("while the database conflicts for ever every route answers with the same stable code", async () => {
	const { database } = opened;
	const id = await newStation();
	const app = createHttpApp({
		store: openPostgresEventStore(database),
		authenticate: async () => id,
		clock: () => NOW,
		log: quiet,
	});
	const commands = openCommands(database);
	const hints = openHints(() => NOW, Math.random);
	const documents = openDocuments(database);
	const addressOf = readAddresses([]);
	addEnrolmentRoutes(app, openEnrolment(database), { clock: () => NOW, addressOf });
	addPullRoutes(app, { documents, commands, network: openNetworkView(database), hints, clock: () => NOW });
	addPhoneRoutes(app, { phones: openPhoneTickets(database), commands, clock: () => NOW, addressOf });
	const requests: [string, object?][] = [
		["/sync/handshake", makeHello(randomId())],
		["/sync/known", { ids: [randomUUID()] }],
		["/sync/poll?after=0"],
		["/sync/documents/catalogue"],
		["/sync/network"],
		["/enrol", await enrolmentOf()],
		["/api/phone/7KQ49-M2XHT"],
	];
	meet(() => conflict());
	const said = await Promise.all(
		requests.map(async ([path, body]) => {
			const init = body && { method: "POST", body: JSON.stringify(body) };
			const answer = await app.request(path, init);
			return [path, answer.status, ((await answer.json()) as { code?: string }).code];
		}),
	);
	expect(said).toEqual(requests.map(([path]) => [path, 503, "DATABASE_BUSY"]));
	hints.close();
});

test("an engine without notifications: what is taken stays taken, and the other site's command is there", async () => {
	const { database } = opened;
	const [from, to] = [await newStation(), await newStation()];
	await database.execute(sql`create schema without_notify`);
	await database.execute(sql`
		create function without_notify.pg_notify(text, text) returns void language plpgsql
		as $$ begin raise exception 'pg_notify is not supported' using errcode = '0A000'; end $$`);
	const sent = {
		ticket: randomId<TicketId>(),
		version: 2,
		site: asSiteId(`site-${to}`),
		topic: asTopicId("visa"),
		codeDigest: "a".repeat(64),
		visitor: { arrivedAt: NOW, language: "ja" as const, partySize: 2 },
	};
	const { batch, events } = makeEvents(1, undefined, NOW, () => ({ type: "ticket.referred", data: sent }));
	const store = openPostgresEventStore(database, COMMAND_PROJECTION);
	await store.handshake(asStationId(from), makeHello(batch.stream), NOW);
	// The text of the statement stays as it is; only whom it calls is another.
	vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
		const asked = args[0] as { text?: string };
		if (asked.text?.includes("pg_notify")) asked.text = asked.text.replace("pg_notify", "without_notify.pg_notify");
		return sendQuery.apply(this, args);
	} as never);
	const checked = events.map((one) => ({ ...one, at: NOW, standsFor: null }));
	const outcome = await store.append({ ...batch, station: asStationId(from), events: checked, receivedAt: NOW });
	expect(outcome).toMatchObject({ kind: "appended", cursor: { ackedSeq: 1 } });
	vi.restoreAllMocks();
	// As it said: the event and what follows from it are there.
	expect(await store.handshake(from, makeHello(batch.stream), NOW)).toMatchObject([{ ackedSeq: 1 }]);
	expect(await store.known(from, [asEventId(events[0]?.id ?? "")])).toHaveLength(1);
	expect(await openCommands(database).after(to, 0, NOW)).toMatchObject([{ action: { kind: "expect-visitor" } }]);
});
