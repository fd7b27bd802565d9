import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { siteChoicesSchema, stationSetupSchema } from "../../../../protocol/api/setup.ts";
import { spooler } from "../../../fixtures/fake-cups.ts";
import { openTestStation } from "../../../fixtures/station.ts";

const SUPERVISOR = { name: "Li Na", pin: "4821" };
const NETWORK = { kind: "network", address: "192.168.1.9" } as const;

async function newStation(options: Parameters<typeof openTestStation>[0] = {}) {
	const station = await openTestStation({ isNew: true, ...options });
	const token = station.station.kioskKey;
	const ask = (method: string, path: string, body?: unknown) =>
		station.call(method, `/api/setup${path}`, { token, body });
	return { ...station, ask };
}

test("a new station is set up by its own kiosk, step by step, and what was done is kept", async () => {
	const { ask, close, folder } = await newStation();
	const before = stationSetupSchema.parse((await ask("GET", "")).body);
	expect(before).toMatchObject({
		isFirstStart: true,
		site: { id: "permanent-residence-service-centre", origin: "default", fixedBy: null },
		printer: { place: null, origin: "default", status: { reason: "none-chosen" } },
		clock: { timezone: "Asia/Shanghai" },
		server: null,
	});
	const { sites } = siteChoicesSchema.parse((await ask("GET", "/sites?language=zh-Hans")).body);
	expect(sites).toHaveLength(19);
	expect(sites[1]).toMatchObject({ id: "service-centre-1", name: expect.stringMatching(/融入/), counters: 2 });
	expect(sites[1]?.keywords).toContain("integration");
	expect(sites[1]?.topics).toHaveLength(5);

	expect((await ask("PUT", "/site", { site: "service-centre-1" })).status).toBe(204);
	expect((await ask("GET", "")).body).toMatchObject({ site: { id: "service-centre-1", origin: "chosen" } });
	expect((await ask("PUT", "/printer", { address: null })).status).toBe(204);
	await close();

	const again = await newStation({ folder });
	expect((await again.ask("GET", "")).body).toMatchObject({
		isFirstStart: true,
		site: { id: "service-centre-1", origin: "chosen" },
		printer: { place: null, origin: "chosen" },
	});
	expect(await again.ask("POST", "/supervisor", SUPERVISOR)).toMatchObject({ status: 201, body: { name: "Li Na" } });
	const { body } = await again.call("POST", "/api/session", { body: { staff: "li na", pin: "4821", counter: "2" } });
	expect(body).toMatchObject({ role: "administrator" });
	expect((await again.call("GET", "/api/topics?language=en")).body.topics).toHaveLength(5);
});

describe("the first start is over", () => {
	test.each([
		["GET", ""],
		["GET", "/sites?language=en"],
		["PUT", "/site", { site: "service-centre-1" }],
		["GET", "/printers"],
		["POST", "/printers/scan"],
		["PUT", "/printer", { address: null }],
		["POST", "/supervisor", { name: "Eve", pin: "0000" }],
	])("once there is a supervisor: %s /setup%s", async (method, path, body?: unknown) => {
		const { ask } = await newStation();
		await ask("POST", "/supervisor", SUPERVISOR);
		expect(await ask(method, path, body)).toMatchObject({ status: 403, body: { code: "FIRST_START_OVER" } });
	});

	test("once a ticket was given, whoever has lost an account since", async () => {
		const { ask, issue } = await newStation();
		await issue();
		expect(await ask("POST", "/supervisor", SUPERVISOR)).toMatchObject({ body: { code: "FIRST_START_OVER" } });
	});

	test("where the settings skip it", async () => {
		const { ask } = await newStation({ flags: ["--first-start", "skip"] });
		expect(await ask("GET", "")).toMatchObject({ status: 403, body: { code: "FIRST_START_OVER" } });
	});

	test("an agent alone does not end it", async () => {
		const { ask, signIn } = await newStation();
		await signIn("1", "Wang", "agent");
		expect(await ask("POST", "/supervisor", { ...SUPERVISOR, name: "wang" })).toMatchObject({
			status: 409,
			body: { code: "STAFF_EXISTS" },
		});
		expect((await ask("POST", "/supervisor", SUPERVISOR)).status).toBe(201);
	});

	test("two people at once: one of them is the first supervisor", async () => {
		const { ask } = await newStation();
		const names = ["Li Na", "Wang Wei", "Li Na"];
		const answers = await Promise.all(names.map((name) => ask("POST", "/supervisor", { name, pin: "4821" })));
		expect(answers.map(({ status }) => status)).toEqual([201, 403, 403]);
	});
});

describe("who may", () => {
	test("not from the network, even with the kiosk's key; not with another key; not an agent", async () => {
		const { call, station, signIn } = await newStation();
		const agent = await signIn("1", "Wang", "agent");
		for (const path of ["/api/setup", "/api/setup/printers", "/api/printer/setup", "/api/enrolment"]) {
			const from = (init: object) => call("GET", path, init);
			expect(await from({ token: station.kioskKey, peer: NETWORK }), path).toMatchObject({ status: 403 });
			expect(await from({ token: "a-guessed-key-of-the-kiosk" }), path).toMatchObject({ status: 401 });
			expect(await from({}), path).toMatchObject({ status: 401 });
			expect(await from({ token: agent }), path).toMatchObject({ status: 403, body: { code: "ROLE_REQUIRED" } });
			expect(await from({ token: station.kioskKey }), path).toMatchObject({ status: 200 });
		}
		const post = (init: object) => call("POST", "/api/setup/supervisor", { body: SUPERVISOR, ...init });
		expect(await post({ token: station.kioskKey, peer: NETWORK })).toMatchObject({ status: 403 });
		expect(await post({ token: agent })).toMatchObject({ status: 401, body: { code: "KIOSK_KEY_REQUIRED" } });
	});

	test("later a supervisor, who can choose again until a ticket was given", async () => {
		const { call, signIn, issue, close, folder } = await newStation();
		const token = await signIn("1", "Zhao", "supervisor");
		const choose = (site: string) => call("PUT", "/api/setup/site", { token, body: { site } });
		expect((await choose("integration-station-1")).status).toBe(204);
		expect((await call("GET", "/api/setup", { token })).body).toMatchObject({
			isFirstStart: false,
			site: { id: "integration-station-1", fixedBy: null },
		});
		await issue("language-learning");
		expect(await choose("service-centre-1")).toMatchObject({
			status: 409,
			body: { code: "SITE_FIXED", data: { site: "integration-station-1", reason: "tickets" } },
		});
		await close();
		const elsewhere = newStation({ folder, flags: ["--site", "service-centre-1"] });
		await expect(elsewhere).rejects.toMatchObject({ code: "SITE_CHANGED" });
	});
});

describe("refused, and nothing is changed", () => {
	test("a site that the catalogue has not, a printer that nobody found, a name that is none, a PIN of letters", async () => {
		const { ask, folder } = await newStation();
		expect(await ask("PUT", "/site", { site: "atlantis" })).toMatchObject({ body: { code: "SITE_NOT_LISTED" } });
		for (const address of ["device:/etc/passwd", "virtual:/tmp", "tcp://192.168.1.5:9100", "lp:nobody", "rubbish"])
			expect(await ask("PUT", "/printer", { address }), address).toMatchObject({
				status: 404,
				body: { code: "PRINTER_NOT_FOUND" },
			});
		expect(await ask("POST", "/supervisor", { name: "\u200b", pin: "4821" })).toMatchObject({ status: 422 });
		for (const pin of ["123", "12ab", "1234567890123", ""])
			expect((await ask("POST", "/supervisor", { name: "Li Na", pin })).status).toBe(400);
		expect(existsSync(join(folder, "chosen-settings.json"))).toBe(false);
	});

	test("what the settings name: the screen can only show it", async () => {
		const { ask } = await newStation({ flags: ["--site", "service-centre-2", "--printer", "tcp://127.0.0.1:1"] });
		expect((await ask("GET", "")).body).toMatchObject({
			site: { id: "service-centre-2", origin: "settings", fixedBy: "settings" },
			printer: { place: "tcp://127.0.0.1:1", origin: "settings" },
		});
		expect(await ask("PUT", "/site", { site: "service-centre-1" })).toMatchObject({
			status: 409,
			body: { code: "SITE_FIXED", data: { reason: "settings" } },
		});
		expect(await ask("PUT", "/printer", { address: null })).toMatchObject({
			status: 409,
			body: { code: "PRINTER_FIXED" },
		});
	});

	test("a full disk: the choice before stays, and the next one works", async () => {
		const { ask, folder } = await newStation();
		const part = join(folder, "chosen-settings.json.new");
		symlinkSync("/dev/full", part);
		expect(await ask("PUT", "/site", { site: "service-centre-1" })).toMatchObject({
			status: 507,
			body: { code: "DISK_FULL" },
		});
		expect(await ask("PUT", "/printer", { address: null })).toMatchObject({ body: { code: "DISK_FULL" } });
		expect((await ask("GET", "")).body).toMatchObject({
			site: { id: "permanent-residence-service-centre", origin: "default" },
			printer: { origin: "default" },
		});
		rmSync(part);
		expect((await ask("PUT", "/site", { site: "service-centre-1" })).status).toBe(204);
		expect((await ask("GET", "")).body).toMatchObject({ site: { id: "service-centre-1" } });
	});

	test("a choice that somebody has damaged on the disk stops the start with one sentence", async () => {
		const { close, folder } = await newStation();
		await close();
		writeFileSync(join(folder, "chosen-settings.json"), '{"site": "service-cen');
		await expect(newStation({ folder })).rejects.toMatchObject({
			code: "CONFIGURATION_REFUSED",
			message: expect.stringContaining("Delete it"),
		});
	});
});

test("a queue of CUPS is found and used, also after a restart", async () => {
	spooler({
		lpstat: 'if [ "$1" = -v ]; then echo "device for front-desk: usb://EPSON/TM-T20II?serial=1"; exit 0; fi; exit 1',
	});
	const { ask, close, folder } = await newStation();
	expect((await ask("GET", "/printers")).body).toMatchObject({
		scan: null,
		printers: expect.arrayContaining([expect.objectContaining({ address: "lp:front-desk", kind: "queue" })]),
	});
	expect((await ask("PUT", "/printer", { address: "lp:front-desk" })).status).toBe(204);
	expect((await ask("GET", "")).body).toMatchObject({ printer: { place: "lp:front-desk", origin: "chosen" } });
	expect(JSON.parse(readFileSync(join(folder, "chosen-settings.json"), "utf8"))).toEqual({ printer: "lp:front-desk" });
	await close();
	const again = await newStation({ folder });
	expect((await again.ask("GET", "")).body).toMatchObject({ printer: { place: "lp:front-desk" } });
});
