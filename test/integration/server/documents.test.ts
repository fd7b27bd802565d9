import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openServerDatabase, type ServerDatabase } from "../../../db/server/open.ts";
import { command } from "../../../db/server/schema/commands.ts";
import { event } from "../../../db/server/schema/events.ts";
import { station } from "../../../db/server/schema/stations.ts";
import { verifyDocument } from "../../../protocol/documents/verify-document.ts";
import type { SiteId, StationId, TicketId } from "../../../protocol/model/ids.ts";
import { type RunningServer, startServer } from "../../../server/app/start-server.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { versionAfter } from "../../../server/documents/next-version.ts";
import { makeSigningKey, openSigningKeys } from "../../../server/documents/signing-keys.ts";
import { openAdministrators } from "../../../server/fleet/administrators.ts";
import type { DeviceEnrolment } from "../../../station/sync/enrolment/device-enrolment.ts";
import { enrolDevice } from "../../../station/sync/enrolment/enrol-station.ts";
import { signToken } from "../../../station/sync/enrolment/station-token.ts";
import { pushStreams } from "../../../station/sync/push/push-streams.ts";
import { openHttpCalls } from "../../../station/sync/server-calls.ts";
import { openStreamRepository } from "../../../station/sync/stream-repository.ts";
import { CATALOGUE } from "../../fixtures/catalogue-body.ts";
import { answered, openFleetPageAt } from "../../fixtures/fleet-page.ts";
import { asSiteId, asTopicId, newRandomId, randomId } from "../../fixtures/ids.ts";
import { openTestPull } from "../../fixtures/pull.ts";
import { emptyServerFolder } from "../../fixtures/server-database.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";
import { makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const MIGRATIONS = join(TOP, "db/server/migrations");
let now = NOW;
let server: RunningServer;
let database: ServerDatabase;
let closeDatabase: () => Promise<void>;
const folder = emptyServerFolder();

beforeAll(async () => {
	const place = { data: folder, database: undefined, migrations: MIGRATIONS, screens: join(TOP, "out/renderer") };
	const settings = { host: "127.0.0.1", port: 0, version: "0", retentionDays: 90 };
	server = await startServer({ ...place, ...settings }, { log: pino({ level: "silent" }), clock: () => now });
	const url = readFileSync(join(folder, "database-address"), "utf8").trim();
	({ database, close: closeDatabase } = await openServerDatabase(url, MIGRATIONS, { maxConnections: 2 }));
});

afterAll(async () => {
	await closeDatabase?.();
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** The fleet's page as a browser calls it. */
async function requireSession(name = `it-${randomUUID()}`) {
	const password = await openAdministrators(database).add(name);
	const page = openFleetPageAt(server.origin);
	return { name, password, page, signIn: () => page.session.open({ name, password }) };
}

type Page = Awaited<ReturnType<typeof requireSession>>["page"];

/** A station of a site that was enrolled with a code of the page. */
async function enrolled(page: Page, site: SiteId) {
	const { code } = answered(await page.enrolmentCodes.create({ site }));
	const as: DeviceEnrolment = await enrolDevice({ server: server.origin, code, site: asSiteId(site) });
	const calls = openHttpCalls(server.origin, () => signToken(as, now));
	const clock = { now };
	const opened = openTestPull(emptyFolder(), clock);
	onTestFinished(opened.close);
	const log = openStreamRepository(opened.database, newRandomId);
	const report = () => ({ ...makeHello().report, site });
	const pushAll = () => pushStreams({ log, calls, clock: () => now, report });
	const poll = () => opened.pull.round(as, calls);
	return { ...opened, as, calls, pushAll, poll };
}

test("the page is for who is signed in; wrong passwords lock no account; another site's page is refused", async () => {
	const { page, name, password, signIn } = await requireSession();
	expect(await page.fleet.read()).toMatchObject({ code: "SIGN_IN_REQUIRED" });
	expect((await signIn()).kind).toBe("ok");
	expect(answered(await page.fleet.read())).toMatchObject({ administrator: name, version: "0" });
	const foreign = { "sec-fetch-site": "cross-site" };
	expect(await (await page.fetch("/fleet/api/snapshot", { headers: foreign })).json()).toMatchObject({
		code: "ORIGIN_REFUSED",
	});
	const form = { method: "POST", body: "{}", headers: { "content-type": "text/plain" } };
	expect(await (await page.fetch("/fleet/api/enrolment-codes", form)).json()).toMatchObject({
		code: "MEDIA_TYPE_UNSUPPORTED",
		data: { type: "text/plain" },
	});
	now += 13 * 3_600_000;
	expect(await page.fleet.read()).toMatchObject({ code: "SIGN_IN_REQUIRED" });
	await signIn();
	await page.session.close();
	expect(await page.fleet.read()).toMatchObject({ code: "SIGN_IN_REQUIRED" });
	const wrong = () => page.session.open({ name, password: "wrong" });
	for (let turn = 0; turn < 6; turn += 1) expect(await wrong()).toMatchObject({ code: "SIGN_IN_REFUSED" });
	const unknown = await page.session.open({ name: "nobody", password });
	expect(unknown).toEqual(await wrong());
	expect((await signIn()).kind).toBe("ok");
});

test("of what two administrators publish at the same moment both is published, each with a version of its own", async () => {
	const keys = openSigningKeys(folder);
	const second = await openServerDatabase(readFileSync(join(folder, "database-address"), "utf8").trim(), MIGRATIONS, {
		maxConnections: 2,
	});
	const publish = (on: ServerDatabase, phoneAddress: string) =>
		openDocuments(on).publish({ kind: "configuration", body: { phoneAddress } }, { by: "lin", now, keys });
	const versions = await Promise.all([
		publish(database, "https://one.example"),
		publish(second.database, "https://two.example"),
		publish(database, "https://three.example"),
	]);
	await second.close();
	expect(new Set(versions).size).toBe(3);
	const newest = (await openDocuments(database).newest()).find(({ kind }) => kind === "configuration");
	expect(newest?.version).toBe(Math.max(...versions));
});

test("a catalogue is checked, its difference shown, signed and taken by a station that is told at once", async () => {
	const { page, signIn } = await requireSession();
	await signIn();
	const { as, calls, poll, pull } = await enrolled(page, asSiteId("site-a"));
	expect(as.signers).toHaveLength(2);
	// Read at once, as the station does: a body that nobody has begun to read goes with its answer's garbage.
	const hint = (await calls.hints(AbortSignal.timeout(40_000))).next();

	const faulty = { ...CATALOGUE, "groups.json": [] };
	const review = answered(await page.catalogue.review({ catalogue: faulty }));
	expect(review.errors).not.toEqual([]);
	expect(await page.catalogue.publish({ catalogue: faulty })).toMatchObject({ code: "CATALOGUE_INVALID" });
	const { version } = answered(await page.catalogue.publish({ catalogue: CATALOGUE }));
	expect(version).toBe(versionAfter(0, now));
	expect((await hint).value).toBeGreaterThanOrEqual(0);
	await poll();
	expect(pull.health(as).catalogue).toBe(version);

	const [firstTopic, ...others] = CATALOGUE["documents.json"] as { id: string }[];
	const changed = { ...CATALOGUE, "documents.json": [...others, { id: "something-new" }] };
	const { difference } = answered(await page.catalogue.review({ catalogue: changed }));
	expect(difference).toEqual({
		added: ["documents.json: something-new"],
		removed: [`documents.json: ${firstTopic?.id}`],
		changed: [],
	});
});

test("only the machine that holds a pinned key publishes; keys follow each other", async () => {
	const documents = openDocuments(database);
	const at = { by: "a test", now };
	const configuration = { kind: "configuration", body: {} } as const;
	const strangers = { current: makeSigningKey(), next: makeSigningKey() };
	await expect(documents.publish(configuration, { ...at, keys: strangers })).rejects.toThrow("signing key");
	await documents.introduce(strangers);
	await expect(documents.publish(configuration, { ...at, keys: strangers })).rejects.toThrow("signing key");
	const keys = openSigningKeys(folder);
	const pinned = [keys.current.publicKey, keys.next.publicKey];
	const full = () => {
		throw new Error("the disk is full");
	};
	await expect(documents.rotate(keys, { ...at, save: full })).rejects.toThrow("the disk is full");
	expect(await documents.read("signers")).toBeUndefined();
	const after = await documents.rotate(keys, { ...at, save: () => {} });
	const published = await documents.read("signers");
	expect(published && verifyDocument(published, { kind: "signers", signers: pinned, held: 0, now })).toMatchObject({
		kind: "valid",
		content: { body: { keys: [after.current.publicKey, after.next.publicKey] } },
	});
	const version = await documents.publish(configuration, { ...at, keys: after });
	await expect(
		documents.publish(configuration, { ...at, keys: { current: keys.current, next: keys.current } }),
	).rejects.toThrow();
	// The server's own memory of its keys: what follows first signs now.
	expect(await documents.publish(configuration, { ...at, keys })).toBe(version + 1);
});

test("lost keys are replaced: what is in force is signed anew, and a station that is enrolled again takes it", async () => {
	const { page, signIn } = await requireSession();
	await signIn();
	const documents = openDocuments(database);
	const at = { by: "a test", now };
	const kept = openSigningKeys(folder);
	expect(await documents.replace(kept, at)).toBeNull();
	await documents.publish({ kind: "catalogue", body: CATALOGUE }, { ...at, keys: kept });
	const before = await enrolled(page, asSiteId("site-of-lost-keys"));
	await before.poll();

	const made = { current: makeSigningKey(), next: makeSigningKey() };
	const signedAgain = await documents.replace(made, at);
	expect(signedAgain?.map(({ kind }) => kind)).toEqual(["signers", "catalogue", "configuration"]);
	await before.poll();
	expect(before.refused).toContain("DOCUMENT_SIGNER_UNKNOWN");
	const { code } = answered(await page.enrolmentCodes.create({ site: "site-of-lost-keys" }));
	const as = await enrolDevice({ server: server.origin, code, site: asSiteId("site-of-lost-keys") });
	const refusals = before.refused.length;
	// The very program that refused it goes on, as another device.
	await before.pull.round(
		as,
		openHttpCalls(server.origin, () => signToken(as, now)),
	);
	const { version } = signedAgain?.find(({ kind }) => kind === "catalogue") ?? {};
	expect(before.documents.version(as.station, "catalogue")).toBe(version);
	expect(before.refused).toHaveLength(refusals);
	await expect(documents.publish({ kind: "configuration", body: {} }, { ...at, keys: kept })).rejects.toThrow();
	// The other tests go on with the folder's own.
	expect(await documents.replace(kept, at)).not.toBeNull();
});

test("a command is numbered, carried out once, and its result stands on the page", async () => {
	const { page, signIn, name } = await requireSession();
	await signIn();
	const { as, poll, pushAll, changed } = await enrolled(page, asSiteId("site-b"));
	const action = { kind: "set-topic", topic: "visa", open: false } as const;
	const numbers = await Promise.all([1, 2, 3].map(() => page.commands.send({ station: as.station, action })));
	expect(numbers.map((sent) => answered(sent).number).sort()).toEqual([now, now + 1, now + 2]);
	await poll();
	await poll();
	await pushAll();
	await pushAll();
	expect(changed).toEqual([action, action, action]);
	const picture = answered(await page.fleet.read());
	const own = picture.stations.find(({ id }) => id === as.station);
	expect(own?.report).toMatchObject({ site: "site-b" });
	expect(own?.commands.map(({ number, outcome, createdBy }) => [number, outcome, createdBy])).toEqual([
		[now + 2, "done", name],
		[now + 1, "done", name],
		[now, "done", name],
	]);
	const referral = { kind: "expect-visitor", from: { site: asSiteId("x"), ticket: randomId<TicketId>() } };
	const forged = await page.fetch(`/fleet/api/stations/${as.station}/commands`, {
		method: "POST",
		body: JSON.stringify({ action: referral }),
		headers: { "content-type": "application/json" },
	});
	expect(await forged.json()).toMatchObject({ code: "BAD_REQUEST", data: { at: "action.kind" } });
	expect(await page.commands.send({ station: randomId<StationId>(), action })).toMatchObject({
		code: "STATION_UNKNOWN",
	});
	// Another device in the station's place begins after what was given to the one before.
	expect((await enrolled(page, asSiteId("site-b"))).as).toMatchObject({ station: as.station, commands: now + 2 });
});

test("a server that was turned back, and its clock too, still gives commands that the station takes", async () => {
	const { page, signIn } = await requireSession();
	await signIn();
	const { as, poll, pushAll, changed } = await enrolled(page, asSiteId("site-f"));
	const close = (topic: string) =>
		page.commands.send({ station: as.station, action: { kind: "set-topic", topic, open: false } });
	await close(asTopicId("first"));
	await poll();
	// Of all this the older backup knows nothing, and its machine's clock is a minute behind.
	await database.delete(command).where(eq(command.station, as.station));
	await database.update(station).set({ commands: 0 }).where(eq(station.id, as.station));
	now -= 60_000;
	await poll();
	const { number } = answered(await close("second"));
	await pushAll();
	await poll();
	await pushAll();
	now += 60_000;
	expect(changed.map((action) => action.kind === "set-topic" && action.topic)).toEqual(["first", "second"]);
	expect(number).toBe(now + 1);
	expect(await database.select().from(command).where(eq(command.station, as.station))).toMatchObject([
		{ number, outcome: "done" },
	]);
});

test("a visitor who is sent on is expected at the other site, once, and the first leg stays known", async () => {
	// The view of the network is kept for some seconds by the server's clock.
	now += 10_000;
	const { page, signIn } = await requireSession();
	await signIn();
	const from = await enrolled(page, asSiteId("site-c"));
	const to = await enrolled(page, asSiteId("site-d"));
	const ticket = randomId<TicketId>();
	const sent = {
		ticket,
		version: 2,
		site: asSiteId("site-d"),
		topic: asTopicId("visa"),
		codeDigest: "a".repeat(64),
		visitor: { arrivedAt: NOW, language: "ja" as const, partySize: 2 },
	};
	from.eventLog.write((append) => append({ type: "ticket.referred", data: sent }, NOW));
	await from.pushAll();
	await from.pushAll();
	await to.poll();
	await to.poll();
	const { visitor, codeDigest, topic } = sent;
	const action = { kind: "expect-visitor", codeDigest, topic, at: NOW, language: "ja", partySize: visitor.partySize };
	expect(to.changed).toEqual([{ ...action, from: { site: asSiteId("site-c"), ticket } }]);

	// What the first site told is in what every other one is told of the network.
	const { sites } = await to.calls.network(null);
	expect(sites.find(({ site }) => site === "site-c")).toMatchObject({ knownAt: now });
});

test("the page takes back a station that was made for a code, and none that was enrolled", async () => {
	const { page, signIn } = await requireSession();
	expect(await page.stations.remove({ station: randomId<StationId>() })).toMatchObject({ code: "SIGN_IN_REQUIRED" });
	await signIn();
	const made = answered(await page.enrolmentCodes.create({ site: "site-g" }));
	expect((await page.stations.remove({ station: made.station })).kind).toBe("ok");
	expect(await page.stations.remove({ station: made.station })).toMatchObject({ code: "STATION_UNKNOWN" });
	const { as } = await enrolled(page, asSiteId("site-g"));
	expect(await page.stations.remove({ station: as.station })).toMatchObject({ code: "STATION_ALREADY_ENROLLED" });
	expect(await page.stations.remove({ station: "site-g" })).toMatchObject({ code: "BAD_REQUEST" });
});

test("who was shut out takes nothing more", async () => {
	const { page, signIn } = await requireSession();
	await signIn();
	const { as, poll, calls } = await enrolled(page, asSiteId("site-e"));
	await poll();
	const listening = await calls.hints(AbortSignal.timeout(20_000));
	const hint = listening.next();
	await page.stations.revoke({ station: as.station });
	// The stream that was open ends at once.
	expect(await hint).toMatchObject({ done: true });
	await expect(poll()).rejects.toMatchObject({ code: "STATION_REVOKED" });
	await expect(calls.hints(AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: "STATION_REVOKED" });
	await expect(calls.document("catalogue")).rejects.toMatchObject({ code: "STATION_REVOKED" });
	expect((await database.select().from(command)).filter((one) => one.station === as.station)).toEqual([]);
	expect((await database.select().from(event)).filter((one) => one.station === as.station)).toEqual([]);
	expect(await database.select().from(station)).not.toEqual([]);
});
