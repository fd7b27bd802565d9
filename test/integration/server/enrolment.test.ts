import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { SignJWT } from "jose";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ServerDatabase } from "../../../db/server/open.ts";
import { enrolmentCode, station as stationTable } from "../../../db/server/schema/stations.ts";
import { UserError } from "../../../lib/errors.ts";
import { CODE_LIFE_MS } from "../../../protocol/sync/enrolment.ts";
import type { InheritedSettings } from "../../../protocol/sync/inherited-settings.ts";
import { openAuthentication } from "../../../server/fleet/authenticate.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { readAddresses } from "../../../server/http/client-address.ts";
import { addEnrolmentRoutes } from "../../../server/http/enrolment-routes.ts";
import { createHttpApp } from "../../../server/http/http-app.ts";
import type { ServerApp } from "../../../server/http/server-app.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { openDatabase } from "../../../server/postgres/open-database.ts";
import { openEnrolmentStore, openSecrets, readSecrets } from "../../../station/app/secrets.ts";
import type { DeviceEnrolment } from "../../../station/sync/enrolment/device-enrolment.ts";
import { enrolDevice, enrolStation } from "../../../station/sync/enrolment/enrol-station.ts";
import { signToken } from "../../../station/sync/enrolment/station-token.ts";
import { openStreamRepository } from "../../../station/sync/stream-repository.ts";
import { asCounter, asSiteId, asStaffId, asStationId, asTopicId } from "../../fixtures/ids.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";
import { openTestTicketService } from "../../fixtures/ticket-service.ts";

const SERVER = "https://server.example";
const START = Date.UTC(2026, 10, 23, 9);

const SETTINGS: InheritedSettings = {
	staff: [{ id: asStaffId("0197f7c0-0000-7000-8000-000000000001"), name: "李娜", role: "administrator" }],
	counters: [{ counter: asCounter("2"), setting: { topics: null, languages: ["fr"] } }],
	topics: [{ topic: asTopicId("work-permit"), setting: { open: true, quota: 40, perQuarterHour: null } }],
	printer: { address: "tcp://192.168.1.50:9100", profile: null },
};

let folder: string;
let database: ServerDatabase;
let closeDatabase: () => Promise<void>;
let app: ServerApp;
let now = START;
/** Each test has a site of its own. */
let site = asSiteId("");
let sites = 0;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "paihao-server-"));
	chmodSync(folder, 0o755);
	const place = { data: folder, database: undefined, migrations: join(TOP, "db/server/migrations") };
	({ database, close: closeDatabase } = await openDatabase(place, pino({ level: "silent" })));
}, 60_000);

beforeEach(() => {
	now = START;
	sites += 1;
	site = asSiteId(`site-${sites}`);
	app = createHttpApp({
		store: openPostgresEventStore(database),
		authenticate: openAuthentication(database),
		clock: () => now,
		log: pino({ level: "silent" }),
	});
	addEnrolmentRoutes(app, openEnrolment(database), { clock: () => now, addressOf: readAddresses([]) });
});

afterAll(async () => {
	await closeDatabase?.();
	rmSync(folder, { recursive: true, force: true });
}, 60_000);

const makeCode = () => openEnrolment(database).makeCode(site, now);
const enrol = (code: string, at = site) =>
	enrolDevice({ server: SERVER, code, site: asSiteId(at) }, { send: sendToApp });
const sendToApp: typeof fetch = async (input, init) => app.request(String(input), init);

async function refusalOf(work: Promise<unknown>): Promise<string> {
	const error: unknown = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(UserError);
	return (error as UserError).code;
}

/** What the server says to a token: "taken", or the code of its refusal. */
async function sayOf(token: string | undefined): Promise<string> {
	const answer = await app.request("/sync/known", {
		method: "POST",
		headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
		body: JSON.stringify({ ids: [crypto.randomUUID()] }),
	});
	if (answer.ok) return "taken";
	return ((await answer.json()) as { code: string }).code;
}

test("a code enrols one device, once, and its token is taken", async () => {
	const { code, station } = await makeCode();
	const device = await enrol(`${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase());
	expect(device).toMatchObject({ server: SERVER, station });
	expect(await sayOf(await signToken(device, now))).toBe("taken");
	expect(await refusalOf(enrol(code))).toBe("ENROLMENT_CODE_INVALID");
	expect(await sayOf(await signToken(device, now))).toBe("taken");
});

test("of two devices that send one code at the same time, one is enrolled", async () => {
	const { code } = await makeCode();
	const answers = await Promise.allSettled([enrol(code), enrol(code), enrol(code)]);
	expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
});

test("where the answer is lost, the same device is enrolled by the same code once more, and no other is", async () => {
	const { code, station } = await makeCode();
	const opened = openTestTicketService();
	const log = openStreamRepository(opened.database, opened.newId);
	let lost = true;
	const send: typeof fetch = async (input, init) => {
		const answer = await sendToApp(input, init);
		if (lost) throw new TypeError("the answer is lost");
		return answer;
	};
	const taken: InheritedSettings[] = [];
	const inherit = (settings: InheritedSettings) => void taken.push(settings);
	const place = { store: openEnrolmentStore(opened.folder), log, clock: () => now, inherit, send };
	const asked = { server: SERVER, code, site };
	await openEnrolment(database).keepSettings(station, SETTINGS);
	expect(await refusalOf(enrolStation(place, asked))).toBe("SERVER_UNREACHABLE");
	expect(taken).toEqual([]);
	expect(readSecrets(opened.folder)?.enrolment).toBeUndefined();
	lost = false;
	expect(await refusalOf(enrol(code))).toBe("ENROLMENT_CODE_INVALID");
	const device = await enrolStation(place, asked);
	expect(device).toMatchObject({ station });
	expect(await sayOf(await signToken(device, now))).toBe("taken");
	expect(readSecrets(opened.folder)).toMatchObject({ enrolment: { station }, requested: undefined });
	expect(log.streams()).toHaveLength(1);
	expect(taken).toEqual([SETTINGS]);
	// Another code is another enrolment: a new key, and a new stream.
	const anew = await enrolStation(place, { ...asked, code: (await makeCode()).code });
	expect(anew.privateKey).not.toBe(device.privateKey);
	expect(log.streams()).toHaveLength(2);
	// It has its own accounts and settings by now.
	expect(taken).toHaveLength(1);
	now += CODE_LIFE_MS;
	expect(await refusalOf(enrolStation(place, asked))).toBe("ENROLMENT_CODE_INVALID");
	expect(readSecrets(opened.folder)?.enrolment).toEqual(anew);
});

test("a code holds for fifteen minutes, for its own site, and is kept as a digest only", async () => {
	const { code } = await makeCode();
	expect(await refusalOf(enrol(code, asSiteId("other-sites")))).toBe("SITE_MISMATCH");
	expect(await refusalOf(enrol("hello"))).toBe("CODE_UNREADABLE");
	expect(JSON.stringify(await database.select().from(enrolmentCode))).not.toContain(code);
	now = START + CODE_LIFE_MS;
	expect(await refusalOf(enrol(code))).toBe("ENROLMENT_CODE_INVALID");
	now -= 1;
	await enrol(code);
});

test("wrong codes slow an address; a right code works whatever was tried, behind the same address and elsewhere", async () => {
	const { code } = await makeCode();
	const other = (await makeCode()).code;
	for (let guess = 0; guess < 10; guess += 1)
		expect(await refusalOf(enrol("0000000000"))).toBe("ENROLMENT_CODE_INVALID");
	expect(await refusalOf(enrol("0000000000"))).toBe("CODE_RATE_LIMITED");
	await enrol(code);
	const fromElsewhere: typeof fetch = (input, init) => {
		const headers = new Headers(init?.headers);
		headers.set("x-forwarded-for", "203.0.113.9");
		return sendToApp(input, { ...init, headers });
	};
	await enrolDevice({ server: SERVER, code: other, site }, { send: fromElsewhere });
	now += 60_000;
	expect(await refusalOf(enrol("0000000000"))).toBe("ENROLMENT_CODE_INVALID");
});

test("enrolling again retires the key before; shutting out refuses the device until another is enrolled", async () => {
	const first = await enrol((await makeCode()).code);
	const second = await enrol((await makeCode()).code);
	expect(second.station).toBe(first.station);
	expect(await sayOf(await signToken(first, now))).toBe("TOKEN_REFUSED");
	expect(await sayOf(await signToken(second, now))).toBe("taken");
	expect(await openEnrolment(database).revoke(second.station, now)).toBe(true);
	expect(await sayOf(await signToken(second, now))).toBe("STATION_REVOKED");
	const third = await enrol((await makeCode()).code);
	expect(await sayOf(await signToken(third, now))).toBe("taken");
	expect(await sayOf(await signToken(second, now))).toBe("TOKEN_REFUSED");
	expect(await openEnrolment(database).revoke(asStationId(crypto.randomUUID()), now)).toBe(false);
});

test("a token of another's key, for another server, without an end or of another time is refused", async () => {
	const mine = await enrol((await makeCode()).code);
	site = asSiteId(`${site}-other`);
	const other = await enrol((await makeCode()).code);
	const year = 365 * 24 * 3_600_000;
	expect(await sayOf(undefined)).toBe("TOKEN_REQUIRED");
	expect(await sayOf("nonsense")).toBe("TOKEN_REFUSED");
	expect(await sayOf(await signToken({ ...mine, station: other.station }, now))).toBe("TOKEN_REFUSED");
	expect(await sayOf(await signToken({ ...mine, station: asStationId(crypto.randomUUID()) }, now))).toBe(
		"TOKEN_REFUSED",
	);
	expect(await sayOf(await signToken(mine, now - year))).toBe("CLOCK_WRONG");
	expect(await sayOf(await signToken(mine, now + year))).toBe("CLOCK_WRONG");
	expect(await sayOf(await signAs(mine, "another-server", true))).toBe("TOKEN_REFUSED");
	expect(await sayOf(await signAs(mine, "paihao-server", false))).toBe("TOKEN_REFUSED");
	expect(await sayOf(await signAs(mine, "paihao-server", true))).toBe("taken");
});

async function signAs({ station, privateKey }: DeviceEnrolment, audience: string, ends: boolean): Promise<string> {
	const token = new SignJWT().setProtectedHeader({ alg: "EdDSA" }).setIssuer(station).setAudience(audience);
	token.setIssuedAt(now / 1000);
	if (ends) token.setExpirationTime(now / 1000 + 300);
	return token.sign(createPrivateKey({ key: Buffer.from(privateKey, "base64url"), format: "der", type: "pkcs8" }));
}

test("only an Ed25519 key is taken, and a refused key leaves the code unused", async () => {
	const { code } = await makeCode();
	const { publicKey } = generateKeyPairSync("x25519", {
		publicKeyEncoding: { format: "der", type: "spki" },
		privateKeyEncoding: { format: "der", type: "pkcs8" },
	});
	for (const key of [publicKey.toString("base64url"), "AAAA"]) {
		const answer = await app.request("/enrol", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ code, site, publicKey: key }),
		});
		expect(await answer.json()).toMatchObject({ code: "KEY_INVALID", status: 422 });
	}
	await enrol(code);
});

test("a device says plainly where no server answers, and sends no code in the clear", async () => {
	const asked = { code: "0123456789", site };
	const unreachable = () => Promise.reject(new TypeError("fetch failed"));
	expect(await refusalOf(enrolDevice({ ...asked, server: SERVER }, { send: unreachable }))).toBe("SERVER_UNREACHABLE");
	const wiki = async () => new Response("<html>", { status: 200 });
	expect(await refusalOf(enrolDevice({ ...asked, server: SERVER }, { send: wiki }))).toBe("SERVER_ANSWER");
	for (const server of ["http://server.example", "server.example", "ftp://localhost", "https://it:pw@server.example"])
		expect(await refusalOf(enrolDevice({ ...asked, server }, { send: unreachable }))).toBe("SERVER_ADDRESS");
});

test("the device's key is kept beside the other secrets, for its owner only, and changes nothing else", async () => {
	const data = emptyFolder();
	const before = openSecrets(data);
	expect(before.enrolment).toBeUndefined();
	const enrolment = await enrol((await makeCode()).code);
	openEnrolmentStore(data).keepEnrolment(enrolment);
	expect(readSecrets(data)).toEqual({ ...before, enrolment });
	expect(statSync(join(data, "secrets.json")).mode & 0o777).toBe(0o600);
	expect(readFileSync(join(data, "secrets.json"), "utf8")).toContain(enrolment.privateKey);
});

test("shutting a station out voids the codes that were still open", async () => {
	const { code, station } = await makeCode();
	expect(await openEnrolment(database).revoke(station, now)).toBe(true);
	expect(await refusalOf(enrol(code))).toBe("ENROLMENT_CODE_INVALID");
});

test("a code for any site enrols the station of a site that has none, and puts out no device that lives", async () => {
	const enrolment = openEnrolment(database);
	const anyCode = async () => (await enrolment.makeCodeForAnySite(now)).code;
	const code = await anyCode();
	const first = await enrol(code);
	expect(await sayOf(await signToken(first, now))).toBe("taken");
	expect(await refusalOf(enrol(code, asSiteId("other-sites")))).toBe("ENROLMENT_CODE_INVALID");

	// Refused, the code is as good as before, for a site that has no station.
	const second = await anyCode();
	expect(await refusalOf(enrol(second))).toBe("SITE_OCCUPIED");
	expect(await sayOf(await signToken(first, now))).toBe("taken");
	const otherSites = await enrol(second, asSiteId(`${site}-elsewhere`));
	expect(otherSites.station).not.toBe(first.station);

	// Once it is shut out, another device takes its place; so it does with a code for the site.
	await enrolment.revoke(first.station, now);
	const third = await enrol(await anyCode());
	expect(third.station).toBe(first.station);
	expect(await sayOf(await signToken(first, now))).toBe("TOKEN_REFUSED");
	const fourth = await enrol((await makeCode()).code);
	expect(fourth.station).toBe(first.station);
});

test("devices of many sites that enrol at the very same moment all enrol", async () => {
	const enrolment = openEnrolment(database);
	const sites = Array.from({ length: 32 }, (_, place) => `${site}-${place}`);
	const codes = await Promise.all(sites.map((site) => enrolment.makeCode(asSiteId(site), now)));
	const devices = await Promise.all(codes.map(({ code }, index) => enrol(code, asSiteId(sites[index] ?? ""))));
	expect(devices.map(({ station }) => station)).toEqual(codes.map(({ station }) => station));
});

test("of two devices that come to one new site at once, each with a code for any site, one is enrolled", async () => {
	const enrolment = openEnrolment(database);
	const codes = await Promise.all([1, 2, 3].map(() => enrolment.makeCodeForAnySite(now)));
	const answers = await Promise.allSettled(codes.map(({ code }) => enrol(code)));
	expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	const stations = await database.select().from(stationTable).where(eq(stationTable.site, site));
	expect(stations).toHaveLength(1);
});

test("a station that was made for a code can be taken back until a device was enrolled", async () => {
	const enrolment = openEnrolment(database);
	const { code, station } = await makeCode();
	await enrolment.remove(station);
	expect(await refusalOf(enrol(code))).toBe("ENROLMENT_CODE_INVALID");
	await expect(enrolment.remove(station)).rejects.toMatchObject({ code: "STATION_UNKNOWN" });
	const again = await makeCode();
	expect(again.station).not.toBe(station);
	const device = await enrol(again.code);
	await expect(enrolment.remove(device.station)).rejects.toMatchObject({ code: "STATION_ALREADY_ENROLLED" });
	expect(await sayOf(await signToken(device, now))).toBe("taken");
});

test("a device in another's place is given what that one had sent last; nobody else is", async () => {
	const sendSettings = (token: string, body: unknown = SETTINGS) =>
		app.request(`${SERVER}/sync/settings`, {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			body: JSON.stringify(body),
		});
	const given: InheritedSettings[] = [];
	const enrolNext = async () =>
		enrolDevice(
			{ server: SERVER, code: (await makeCode()).code, site },
			{ send: sendToApp, inherit: (settings) => void given.push(settings) },
		);
	const first = await enrolNext();
	expect(given).toEqual([]);
	const older = { ...SETTINGS, staff: [] };
	expect((await sendSettings(await signToken(first, now), older)).status).toBe(200);
	expect((await sendSettings(await signToken(first, now))).status).toBe(200);
	expect((await sendSettings("stranger")).status).toBe(401);
	const wrong = { ...SETTINGS, staff: [{ ...SETTINGS.staff[0], pin: "4821" }] };
	expect((await sendSettings(await signToken(first, now), wrong)).status).toBe(400);
	await openEnrolment(database).revoke(first.station, now);
	const second = await enrolNext();
	expect(second.station).toBe(first.station);
	expect(given).toEqual([SETTINGS]);
	expect((await sendSettings(await signToken(first, now), older)).status).toBe(401);
});
