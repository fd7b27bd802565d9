import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { jwtVerify } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { openPushBrowser, openPushService } from "../../../fixtures/push-service.ts";
import { openTestStation, type TestStationOptions } from "../../../fixtures/station.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

const CONTACT = "mailto:it@example.cn";

function makeKey() {
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const file = join(emptyFolder(), "web-push.pem");
	writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
	return { file, publicKey: createPublicKey(privateKey) };
}

/** A station with a push service on loopback that IT named, a member of staff at counter 1, and tickets with their codes. */
async function notifyingStation(tickets: number, options: TestStationOptions = {}) {
	const service = await openPushService();
	onTestFinished(service.close);
	const key = makeKey();
	const flags = ["--web-push-key", key.file, "--web-push-contact", CONTACT, "--web-push-services", "127.0.0.1"];
	const opened = await openTestStation({ ...options, flags });
	const token = await opened.signIn("1");
	for (let count = 0; count < tickets; count += 1) await opened.issue("work-permit", crypto.randomUUID(), "fr");
	const database = new Database(join(opened.folder, "station.db"), { readonly: true });
	onTestFinished(() => void database.close());
	const codes = database.prepare("select code from ticket order by issued_seq").pluck().all() as string[];
	const browser = openPushBrowser();
	const subscription = { endpoint: `${service.origin}/send/one`, keys: browser.keys, language: "en" };
	return {
		...opened,
		...{ service, key, browser, codes, subscription },
		subscribe: (code: string | undefined, more = {}) =>
			opened.call("POST", `/api/phone/${code}/web-push`, { body: { ...subscription, ...more } }),
		act: (action: string) => opened.call("POST", `/api/counters/1/${action}`, { token, body: {} }),
		saved: () => database.prepare("select count(*) from web_push_subscription").pluck().get(),
	};
}

test("without IT's own key there is none, and nothing is kept of a phone that asks", async () => {
	const { call, issue } = await openTestStation();
	expect(await call("GET", "/api/web-push-key")).toMatchObject({ status: 200, body: { key: null } });
	const { code } = (await issue()).body;
	const body = { endpoint: "https://fcm.googleapis.com/x", keys: openPushBrowser().keys, language: "en" };
	expect(await call("POST", `/api/phone/${code}/web-push`, { body })).toMatchObject({
		status: 409,
		body: { code: "WEB_PUSH_OFF" },
	});
});

test("a phone is told that it is next and that it is called, encrypted and signed with IT's key", async () => {
	const { call, service, key, browser, codes, subscribe, act, clock } = await notifyingStation(2);
	const { body } = await call("GET", "/api/web-push-key");
	expect((await subscribe(codes[1])).status).toBe(204);

	await act("next");
	const next = await service.next();
	expect(browser.read(next.body)).toEqual({
		...{ title: "B002", language: "en", code: codes[1] },
		body: "You are next. Please stay near the board.",
	});
	expect(next.path).toBe("/send/one");
	expect(next.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "300", urgency: "high", topic: "ticket" });
	const [, proof = "", publicKey] = /^vapid t=(\S+), k=(\S+)$/.exec(next.headers.authorization ?? "") ?? [];
	expect(publicKey).toBe(body.key);
	const { payload } = await jwtVerify(proof, key.publicKey, { currentDate: new Date(clock.now) });
	expect(payload).toMatchObject({ aud: service.origin, sub: CONTACT });
	expect((payload.exp ?? 0) * 1_000 - clock.now).toBeLessThanOrEqual(24 * 3_600_000);

	for (const action of ["start", "finish", "next"]) await act(action);
	expect(browser.read((await service.next()).body)).toMatchObject({ title: "B002", body: "Please go to counter 1" });
	await act("recall");
	expect(browser.read((await service.next()).body)).toMatchObject({ body: "Please go to counter 1" });
	expect(service.unread()).toBe(0);
});

test("the subscription ends with the ticket, when the visitor says so, and when the browser has ended it", async () => {
	const { call, service, codes, subscribe, act, saved } = await notifyingStation(3);
	for (const code of codes) expect((await subscribe(code)).status).toBe(204);
	expect((await call("DELETE", `/api/phone/${codes[2]}/web-push`)).status).toBe(204);
	expect(saved()).toBe(2);
	service.answerNext(410);
	await act("next");
	const paths = [(await service.next()).path, (await service.next()).path];
	expect(paths).toEqual(["/send/one", "/send/one"]);
	await expect.poll(saved, { timeout: 20_000 }).toBe(1);
	for (const action of ["start", "finish", "next", "start", "finish"]) await act(action);
	await expect.poll(saved, { timeout: 20_000 }).toBe(0);
	expect(await subscribe(codes[0])).toMatchObject({ status: 409, body: { code: "WEB_PUSH_OVER" } });
});

test("a phone cannot have the station call another machine, nor another's ticket told", async () => {
	const { codes, subscribe, saved } = await notifyingStation(1);
	for (const endpoint of ["https://192.168.1.1/x", "https://example.com/x", "http://10.0.0.1/x"])
		expect(await subscribe(codes[0], { endpoint })).toMatchObject({ status: 400, body: { code: "WEB_PUSH_REFUSED" } });
	expect(await subscribe(codes[0], { keys: { p256dh: "AAAA", auth: "AAAA" } })).toMatchObject({ status: 400 });
	expect(await subscribe(codes[0], { endpoint: "x".repeat(3_000) })).toMatchObject({ status: 400 });
	expect(await subscribe("0000000000")).toMatchObject({ status: 404, body: { code: "CODE_UNKNOWN" } });
	expect(saved()).toBe(0);
});

test("what changed while the station was stopped is told when it starts again", async () => {
	const first = await notifyingStation(1);
	const { service, browser, codes, subscribe, act, folder } = first;
	await subscribe(codes[0]);
	service.answerNext(503);
	await act("next");
	// The push service was down; then the station stopped.
	await service.next();
	await first.close();
	const flags = ["--web-push-key", first.key.file, "--web-push-contact", CONTACT, "--web-push-services", "127.0.0.1"];
	await openTestStation({ folder, flags, now: first.clock.now });
	expect(browser.read((await service.next()).body)).toMatchObject({ body: "Please go to counter 1" });
});
