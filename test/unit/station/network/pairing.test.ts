import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { deskCall } from "../../../../protocol/api/contract-helpers.ts";
import type { CreatedCode, DeviceKind } from "../../../../protocol/model/device.ts";
import { requireMayCall } from "../../../../station/http/access.ts";
import { asDeviceId } from "../../../fixtures/ids.ts";
import { openNetworkStation } from "../../../fixtures/network-station.ts";

/** A station on the network, a supervisor who sits at the station's own machine, and devices that ask from outside. */
async function openSite() {
	const site = await openNetworkStation();
	const supervisor = await site.signIn("1", "Wang", "supervisor");
	const makeCode = async (kind: DeviceKind, name: string = kind): Promise<string> => {
		const { status, body } = await site.call("POST", "/api/devices/codes", { token: supervisor, body: { kind, name } });
		expect(status).toBe(201);
		return String((body as unknown as CreatedCode).code);
	};
	/** The cookie of a device that was let in. */
	const pair = async (kind: DeviceKind, name?: string): Promise<string> => {
		const { status, cookie } = await site.ask("POST", "/api/device", { body: { code: await makeCode(kind, name) } });
		expect(status).toBe(201);
		return String(cookie?.split(";")[0]);
	};
	return { ...site, supervisor, makeCode, pair };
}

let site: Awaited<ReturnType<typeof openSite>>;
beforeEach(async () => {
	site = await openSite();
});

const visit = (key: string = crypto.randomUUID()) => ({ topic: "work-permit", language: "en", key });

describe("a device that nobody let in", () => {
	test("sees what everybody may: board, topics, a ticket by its code", async () => {
		const { ask, issue } = site;
		const { body } = await issue();
		expect((await ask("GET", "/api/board")).status).toBe(200);
		expect((await ask("GET", "/api/topics?language=ar")).status).toBe(200);
		expect(await ask("GET", `/api/phone/${body.code}`)).toMatchObject({ status: 200, body: { number: body.number } });
		for (const page of ["/board", "/phone", "/setup"]) expect((await ask("GET", page)).status).not.toBe(302);
	});

	test("does nothing else, also with a right PIN, a session's token or the kiosk's key", async () => {
		const { ask, call, station, supervisor, issue } = site;
		const { body } = await issue();
		// The paper goes on by itself, so the stream's end says nothing here.
		const queue = async () => {
			const { waitingCount, waiting, calls } = (await call("GET", "/api/board")).body;
			return { waitingCount, waiting, calls };
		};
		const before = await queue();
		const unpaired = { status: 403, body: { code: "DEVICE_UNPAIRED" } };
		const signIn = { staff: "Wang", pin: "4821", counter: "1" };
		expect(await ask("POST", "/api/session", { body: signIn })).toMatchObject(unpaired);
		expect(await ask("POST", "/api/tickets", { body: visit(), token: station.kioskKey })).toMatchObject(unpaired);
		expect(await ask("POST", "/api/tickets", { body: visit(), token: supervisor })).toMatchObject(unpaired);
		expect(await ask("POST", "/api/counters/1/next", { token: supervisor })).toMatchObject(unpaired);
		expect(await ask("POST", "/api/help", { body: { language: "en" }, token: station.kioskKey })).toMatchObject(
			unpaired,
		);
		for (const path of ["/api/health", "/api/queue", "/api/activity", "/api/devices", `/api/tickets/${body.id}`])
			expect(await ask("GET", path, { token: supervisor }), path).toMatchObject(unpaired);
		expect(await ask("GET", "/api/queue", { token: supervisor, device: "paihao-device=guessed" })).toMatchObject(
			unpaired,
		);
		expect(await queue()).toEqual(before);
	});

	test("is led to the pairing page from the desk, the kiosk and the bare address", async () => {
		const { ask, pair, call } = site;
		for (const path of ["/desk", "/kiosk", "/"])
			expect(await ask("GET", path), path).toMatchObject({ status: 302, location: "/setup" });
		const desk = await pair("desk");
		expect((await ask("GET", "/desk", { device: desk })).status).not.toBe(302);
		expect(await ask("GET", "/kiosk", { device: desk })).toMatchObject({ status: 302 });
		expect(await ask("GET", "/", { device: desk })).toMatchObject({ location: "/desk" });
		expect((await call("GET", "/")).headers.get("location")).toBe("/board");
	});

	test("a call that does not say who may make it is for desks", () => {
		const accessByDefault = deskCall["~orpc"].meta.access;
		const peer = { kind: "network", address: "192.0.2.7" } as const;
		const kiosk = { id: asDeviceId(""), name: "", pairedAt: 0, seenAt: 0, kind: "kiosk" } as const;
		for (const device of [undefined, kiosk, { ...kiosk, kind: "board" } as const])
			expect(() => requireMayCall(accessByDefault, peer, device)).toThrow(
				expect.objectContaining({ code: "DEVICE_UNPAIRED" }),
			);
		expect(() => requireMayCall(accessByDefault, { kind: "shell" }, undefined)).not.toThrow();
	});
});

describe("a code", () => {
	test("lets one device in, once; grouped as it was read out", async () => {
		const { ask, makeCode } = site;
		const code = await makeCode("desk", "Counter 3");
		const typed = { code: `${code.slice(0, 4)} ${code.slice(4)}` };
		const paired = await ask("POST", "/api/device", { body: typed });
		expect(paired).toMatchObject({ status: 201, body: { kind: "desk", name: "Counter 3" } });
		expect(paired.cookie).toMatch(
			/^paihao-device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
		);
		expect(JSON.stringify(paired.body)).not.toContain(paired.cookie?.slice(14, 57));
		expect(await ask("POST", "/api/device", { body: typed })).toMatchObject({
			status: 404,
			body: { code: "PAIRING_CODE_UNKNOWN" },
			cookie: undefined,
		});
	});

	test("of two devices that type it at once, one is let in", async () => {
		const { ask, makeCode } = site;
		const body = { code: await makeCode("desk") };
		const answers = await Promise.all([1, 2, 3].map(() => ask("POST", "/api/device", { body })));
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
	});

	test("ends after ten minutes", async () => {
		const { ask, makeCode, clock } = site;
		const code = await makeCode("desk");
		clock.now += 10 * 60_000;
		expect(await ask("POST", "/api/device", { body: { code } })).toMatchObject({ status: 404 });
	});

	test("is not for trying: after ten wrong ones the right one is refused as well, for a minute", async () => {
		const { ask, makeCode, clock } = site;
		const code = await makeCode("desk");
		const wrong = code.startsWith("0") ? "1" : "0";
		for (let tries = 0; tries < 10; tries += 1)
			expect(await ask("POST", "/api/device", { body: { code: wrong + code.slice(1) } })).toMatchObject({
				status: 404,
			});
		expect(await ask("POST", "/api/device", { body: { code } })).toMatchObject({
			status: 429,
			body: { code: "PAIRING_RATE_LIMITED", data: { until: clock.now + 60_000 } },
		});
		clock.now += 60_000;
		expect(await ask("POST", "/api/device", { body: { code } })).toMatchObject({ status: 201 });
	});

	test("does not lie in the folder, nor does a credential; bad ones are refused", async () => {
		const { ask, makeCode, pair, folder, close } = site;
		const code = await makeCode("desk");
		const credential = (await pair("board")).split("=")[1] ?? "";
		for (const bad of ["", "1234567", "123456789", "abcdefgh", "１２３４５６７８"])
			expect(await ask("POST", "/api/device", { body: { code: bad } })).toMatchObject({ status: 400 });
		await close();
		const bytes = ["station.db", "secrets.json"].map((file) => readFileSync(join(folder, file), "latin1")).join();
		expect(credential).toHaveLength(43);
		for (const secret of [code, credential, createHash("sha256").update(code).digest("hex")])
			expect(bytes.includes(secret)).toBe(false);
		expect(bytes).toContain(createHash("sha256").update(credential).digest("hex"));
	});

	test("is made by supervisors alone", async () => {
		const { call, signIn } = site;
		const agent = await signIn("2");
		const body = { kind: "desk", name: "Counter 2" };
		expect(await call("POST", "/api/devices/codes", { token: agent, body })).toMatchObject({ status: 403 });
		expect(await call("POST", "/api/devices/codes", { body })).toMatchObject({ status: 401 });
		expect(await call("GET", "/api/devices", { token: agent })).toMatchObject({ status: 403 });
		expect(await call("DELETE", "/api/devices/x", { token: agent })).toMatchObject({ status: 403 });
	});
});

describe("a paired device", () => {
	test("desk: staff sign in and act at it", async () => {
		const { ask, issue, pair, signIn } = site;
		await signIn("2", "Li");
		await issue();
		const device = await pair("desk");
		const body = { staff: "Li", pin: "4821", counter: "2" };
		const session = await ask("POST", "/api/session", { device, body });
		expect(session.status).toBe(201);
		const token = String(session.body.token);
		expect(await ask("POST", "/api/counters/2/next", { device, token })).toMatchObject({ status: 200 });
		// Paired is not signed in.
		expect(await ask("GET", "/api/queue", { device })).toMatchObject({ status: 401 });
		expect(await ask("POST", "/api/tickets", { device, body: visit() })).toMatchObject({
			status: 403,
			body: { data: { needed: "kiosk", paired: "desk" } },
		});
	});

	test("kiosk: issues, and the same visit is the same ticket; it is no desk", async () => {
		const { ask, call, pair, station } = site;
		const device = await pair("kiosk");
		const body = visit();
		const [first, again] = [
			await ask("POST", "/api/tickets", { device, body }),
			await ask("POST", "/api/tickets", { device, body }),
		];
		expect([first.status, again.status]).toEqual([201, 200]);
		expect(again.body.id).toBe(first.body.id);
		expect(await ask("GET", `/api/tickets/${first.body.id}`, { device })).toMatchObject({ status: 200 });
		expect(await ask("POST", "/api/help", { device, body: { language: "en" } })).toMatchObject({ status: 204 });
		// Its own call: the station's own kiosk has none.
		expect(await ask("GET", "/api/help", { device })).toMatchObject({ body: { open: true } });
		expect(await call("GET", "/api/help", { token: station.kioskKey })).toMatchObject({ body: { open: false } });
		expect(await ask("POST", "/api/tickets", { device, body: { ...visit(), class: "priority" } })).toMatchObject({
			status: 401,
		});
		const signIn = { staff: "Wang", pin: "4821", counter: "1" };
		expect(await ask("POST", "/api/session", { device, body: signIn })).toMatchObject({ status: 403 });
	});

	test("is listed with when it was seen; removed, it is a stranger at once", async () => {
		const { ask, call, pair, supervisor, clock } = site;
		const device = await pair("kiosk", "Second hall");
		clock.now += 59_000;
		await ask("GET", "/api/device", { device });
		const list = async () =>
			(await call("GET", "/api/devices", { token: supervisor })).body.devices as { id: string }[];
		expect(await list()).toMatchObject([{ kind: "kiosk", name: "Second hall", seenAt: clock.now - 59_000 }]);
		clock.now += 1_000;
		expect((await ask("GET", "/api/device", { device })).body).toMatchObject({
			from: "network",
			device: { kind: "kiosk", name: "Second hall" },
			network: null,
		});
		const [listed] = await list();
		expect(listed).toMatchObject({ seenAt: clock.now });

		const remove = () => call("DELETE", `/api/devices/${listed?.id}`, { token: supervisor });
		expect((await remove()).status).toBe(204);
		expect(await remove()).toMatchObject({ status: 404, body: { code: "DEVICE_UNKNOWN" } });
		expect(await list()).toEqual([]);
		const { entries } = (await call("GET", "/api/activity", { token: supervisor })).body as {
			entries: { staff: string; type: string; data: object }[];
		};
		expect(entries.filter(({ type }) => type.startsWith("device."))).toMatchObject([
			{ staff: "Wang", type: "device.removed", data: { device: listed?.id } },
			{ staff: "Wang", type: "device.code-created", data: { kind: "kiosk", name: "Second hall" } },
		]);
		expect(await ask("POST", "/api/tickets", { device, body: visit() })).toMatchObject({ status: 403 });
		expect((await ask("GET", "/api/device", { device })).body).toMatchObject({ device: null });
	});

	test("keeps its cookie as long as it comes back", async () => {
		const { ask, pair } = site;
		const device = await pair("board");
		expect((await ask("GET", "/api/device", { device })).cookie).toContain(`${device}; Max-Age=34560000`);
		expect((await ask("GET", "/api/device")).cookie).toBeUndefined();
	});

	test("sends nothing for a page of another origin", async () => {
		const { ask, pair } = site;
		const device = await pair("kiosk");
		const headers = { origin: "https://elsewhere.example" };
		expect(await ask("POST", "/api/tickets", { device, body: visit(), headers })).toMatchObject({
			status: 403,
			body: { code: "ORIGIN_REFUSED" },
		});
	});
});
