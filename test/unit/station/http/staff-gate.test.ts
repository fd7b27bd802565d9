import { expect, test } from "vitest";
import { MINUTE_MS } from "../../../../lib/time/durations.ts";
import { openTestStation } from "../../../fixtures/station.ts";

async function stationWithSupervisor() {
	const station = await openTestStation();
	// Everybody whom the fixture signs in has this PIN.
	await station.signIn("1", "Zhao", "supervisor");
	const token = station.station.kioskKey;
	return {
		...station,
		act: (pin: string, action = "leave") => station.call("POST", "/api/staff-gate", { token, body: { pin, action } }),
		asked: async () => (await station.call("GET", "/api/staff-gate", { token })).body.isLeaving,
	};
}

test("a supervisor's PIN at the glass ends the window, and its program is told once", async () => {
	const { act, asked } = await stationWithSupervisor();
	expect(await asked()).toBe(false);
	expect((await act("4821")).status).toBe(204);
	expect(await asked()).toBe(true);
	expect(await asked()).toBe(false);
});

test("a window that was away meanwhile is not ended later", async () => {
	const { act, asked, clock } = await stationWithSupervisor();
	await act("4821");
	clock.now += MINUTE_MS;
	expect(await asked()).toBe(false);
});

test("an agent's PIN is no PIN here", async () => {
	const { call, signIn, station } = await openTestStation();
	await signIn("1", "Wang", "agent");
	const answer = await call("POST", "/api/staff-gate", {
		token: station.kioskKey,
		body: { pin: "4821", action: "leave" },
	});
	expect(answer).toMatchObject({ status: 401, body: { code: "SIGN_IN_REFUSED" } });
});

test("after five wrong PINs the glass waits, also for the right one; attempts at once count one by one", async () => {
	const { act, asked, clock } = await stationWithSupervisor();
	const answers = await Promise.all(["0000", "0001", "0002", "0003", "0004", "0005"].map((pin) => act(pin)));
	expect(answers.map(({ body }) => body.code)).toEqual([
		...["SIGN_IN_REFUSED", "SIGN_IN_REFUSED", "SIGN_IN_REFUSED", "SIGN_IN_REFUSED", "SIGN_IN_REFUSED"],
		"STAFF_LOCKED",
	]);
	expect(await act("4821")).toMatchObject({ status: 423, body: { code: "STAFF_LOCKED" } });
	expect(await asked()).toBe(false);
	clock.now += 15 * MINUTE_MS;
	expect((await act("4821")).status).toBe(204);
});

test("a program that nothing starts again is not ended for a restart", async () => {
	const { act } = await stationWithSupervisor();
	expect(await act("4821", "restart")).toMatchObject({ status: 409, body: { code: "RESTART_UNAVAILABLE" } });
});

test("only the station's own kiosk may ask, and never from the network", async () => {
	const { call, signIn, station } = await openTestStation();
	const supervisor = await signIn("1", "Zhao", "supervisor");
	const network = { peer: { kind: "network", address: "192.168.1.9" } } as const;
	for (const method of ["GET", "POST"]) {
		const ask = (init: object) =>
			call(method, "/api/staff-gate", {
				...(method === "POST" && { body: { pin: "4821", action: "leave" } }),
				...init,
			});
		expect(await ask({ token: station.kioskKey, ...network }), method).toMatchObject({ status: 403 });
		expect(await ask({}), method).toMatchObject({ status: 401, body: { code: "KIOSK_KEY_REQUIRED" } });
		expect(await ask({ token: supervisor }), method).toMatchObject({ status: 401 });
	}
});
