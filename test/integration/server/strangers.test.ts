import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { phoneTicket } from "../../../db/server/schema/phone-tickets.ts";
import { station } from "../../../db/server/schema/stations.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import { openCommands } from "../../../server/commands/commands.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { openNetworkView } from "../../../server/fleet/network-view.ts";
import { readAddresses } from "../../../server/http/client-address.ts";
import { addEnrolmentRoutes } from "../../../server/http/enrolment-routes.ts";
import { createHttpApp } from "../../../server/http/http-app.ts";
import { addPhoneRoutes } from "../../../server/http/phone-routes.ts";
import { addPullRoutes } from "../../../server/http/pull-routes.ts";
import type { ServerApp } from "../../../server/http/server-app.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { openHints } from "../../../server/notify/hints.ts";
import { deleteOldPhoneTickets, openPhoneTickets } from "../../../server/phones/phone-tickets.ts";
import { asSiteId, randomId } from "../../fixtures/ids.ts";
import { samplePhoneTicket } from "../../fixtures/phone-ticket.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";

/* What anybody may send to the server, and what it costs the server. */

const NOW = Date.UTC(2026, 10, 23, 1);
const HOUR = 3_600_000;
let now: number;
let id: StationId;
let app: ServerApp;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

beforeEach(async () => {
	now = NOW;
	id = randomId();
	const { database } = opened;
	await database.delete(phoneTicket);
	await database.insert(station).values({ id, site: asSiteId(`site-${id}`) });
	const parts = { clock: () => now, addressOf: readAddresses([]) };
	const commands = openCommands(database);
	app = createHttpApp({
		store: openPostgresEventStore(database),
		authenticate: async () => id,
		clock: () => now,
		log: pino({ level: "silent" }),
	});
	addEnrolmentRoutes(app, openEnrolment(database), parts);
	addPhoneRoutes(app, { phones: openPhoneTickets(database), commands, ...parts });
	const hints = openHints(() => now, Math.random);
	const network = openNetworkView(database);
	addPullRoutes(app, { documents: openDocuments(database), commands, network, hints, clock: () => now });
});

async function ask(path: string, init: RequestInit = {}) {
	const answer = await app.request(path, init);
	return { status: answer.status, ...((await answer.json()) as { code?: string; number?: string }) };
}
const enrol = (body: BodyInit, headers: HeadersInit = {}) => ask("/enrol", { method: "POST", body, headers });

const CODE = "7KQ49M2XHT";
async function sendTicket() {
	const codeDigest = createHash("sha256").update(CODE).digest("hex");
	await openPhoneTickets(opened.database).save(id, [{ codeDigest, ticket: samplePhoneTicket() }], now);
}

test("whoever has no token sends little, and nothing that has to be inflated", async () => {
	const body = JSON.stringify({ code: "0000000000", site: "a-site", publicKey: "x".repeat(5_000) });
	expect(await enrol(body)).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
	const packed = new Uint8Array(gzipSync(JSON.stringify({ code: "0".repeat(1_000_000) })));
	expect(await enrol(packed, { "content-encoding": "gzip" })).toMatchObject({ code: "BODY_INVALID" });
});

test("whatever an enrolment is refused for counts as a try", async () => {
	for (let turn = 0; turn < 10; turn += 1) expect(await enrol("{")).toMatchObject({ code: "BODY_INVALID" });
	expect(await enrol("{")).toMatchObject({ status: 429, code: "CODE_RATE_LIMITED" });
});

test("a visitor's ticket is shown whoever tries codes behind the same address", async () => {
	await sendTicket();
	for (let turn = 0; turn < 20; turn += 1)
		expect(await ask(`/api/phone/000000${String(turn).padStart(4, "0")}`)).toMatchObject({ code: "CODE_UNKNOWN" });
	expect(await ask("/api/phone/0000000000")).toMatchObject({ code: "CODE_RATE_LIMITED" });
	expect(await ask(`/api/phone/${CODE}`)).toMatchObject({ status: 200, number: "A001" });
});

test("a ticket is nobody's after a day and a half, also where its station fell silent", async () => {
	await sendTicket();
	now = NOW + 36 * HOUR - 1;
	expect(await ask(`/api/phone/${CODE}`)).toMatchObject({ status: 200 });
	expect(await deleteOldPhoneTickets(opened.database, now)).toBe(0);
	now += 2;
	expect(await ask(`/api/phone/${CODE}`)).toMatchObject({ code: "CODE_UNKNOWN" });
	expect(await deleteOldPhoneTickets(opened.database, now)).toBe(1);
});

test("a station cannot raise the server's counter of commands", async () => {
	expect(await ask(`/sync/poll?after=${Number.MAX_SAFE_INTEGER}`)).toMatchObject({ status: 400, code: "BAD_REQUEST" });
	expect(await ask(`/sync/poll?after=${8.64e15}`)).toMatchObject({ status: 409, code: "COMMAND_NUMBER_UNKNOWN" });
	const number = await openCommands(opened.database).send(id, { kind: "restart" }, { by: null, now });
	expect(number).toBe(now);
	expect(await ask("/sync/poll?after=0")).toMatchObject({ status: 200, commands: [{ number }] });
});
