import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Nine on a Monday after the days on which the catalogue was checked: an earlier clock is in doubt. */
const MONDAY = MONDAY_NINE + 52 * 7 * DAY;

type TestStation = Awaited<ReturnType<typeof openTestStation>>;

/** A station on a machine that was switched on an hour ago. */
async function openOnMachine(folder = emptyFolder(), wall = MONDAY) {
	const machine = { uptime: HOUR };
	const station = await openTestStation({ folder, uptime: () => machine.uptime, now: wall });
	const pass = (ms: number) => {
		station.clock.now += ms;
		machine.uptime += ms;
	};
	return { ...station, machine, pass };
}

const waitingCount = async ({ call }: Pick<TestStation, "call">) => {
	const { status, body } = await call("GET", "/api/board");
	expect([status, body.code]).toEqual([200, undefined]);
	return body.waitingCount;
};
const clockOf = async ({ call }: Pick<TestStation, "call">) => (await call("GET", "/api/health")).body.clock;
const dayOf = async ({ issue }: Pick<TestStation, "issue">) => (await issue()).body.serviceDay;

test("the clock jumps a day ahead for a minute: nobody is cancelled, numbers go on, staff and IT are told", async () => {
	const station = await openOnMachine();
	for (let ticket = 0; ticket < 5; ticket += 1) await station.issue();
	const today = await dayOf(station);
	expect(await clockOf(station)).toEqual({ doubt: null, advice: null });

	station.clock.now += DAY;
	expect(await clockOf(station)).toMatchObject({ doubt: { kind: "jumped" }, advice: expect.stringMatching(/1 day/) });
	expect(station.warnings).toContainEqual(expect.objectContaining({ msg: "clock.doubted", kind: "jumped" }));
	station.pass(MINUTE);
	expect(await waitingCount(station)).toBe(6);
	expect((await station.issue()).body).toMatchObject({ number: "B007", serviceDay: today });

	station.clock.now -= DAY;
	expect(await clockOf(station)).toEqual({ doubt: null, advice: null });
	expect(await waitingCount(station)).toBe(7);
});

test("started in 2036 and set right: tickets bear the last trusted day, then the right one", async () => {
	const folder = emptyFolder();
	const before = await openOnMachine(folder);
	const monday = await dayOf(before);
	await before.close();

	const machine = { uptime: MINUTE };
	const station = await openTestStation({ folder, uptime: () => machine.uptime, now: Date.UTC(2036, 0, 1, 2) });
	expect(await clockOf(station)).toMatchObject({ doubt: { kind: "ahead" } });
	expect(await dayOf(station)).toBe(monday);
	station.clock.now = MONDAY + DAY;
	expect(await clockOf(station)).toEqual({ doubt: null, advice: null });
	expect(String(await dayOf(station)) > String(monday)).toBe(true);
});

test.each([
	["1970", 0, "behind"],
	["2106", Date.UTC(2106, 1, 7), "ahead"],
])(
	"started with the clock in %s: the numbers of the last day go on, nothing is ended, and the right time is believed",
	async (_, wall, kind) => {
		const folder = emptyFolder();
		const before = await openOnMachine(folder);
		const monday = await dayOf(before);
		await before.close();

		const machine = { uptime: MINUTE };
		const station = await openTestStation({ folder, uptime: () => machine.uptime, now: wall });
		expect(await clockOf(station)).toMatchObject({ doubt: { kind }, advice: expect.stringMatching(/clock/) });
		expect((await station.issue()).body).toMatchObject({ serviceDay: monday, number: "B002" });
		expect(await waitingCount(station)).toBe(2);
		station.clock.now = MONDAY + HOUR;
		machine.uptime += HOUR;
		expect(await clockOf(station)).toEqual({ doubt: null, advice: null });
		expect((await station.issue()).body).toMatchObject({ serviceDay: monday, number: "B003" });
	},
);

test("the machine's own time zone is changed while the station runs: day, hours and numbers are the site's", async () => {
	const station = await openOnMachine();
	const [zone, monday] = [process.env.TZ, await dayOf(station)];
	onTestFinished(() => {
		if (zone === undefined) delete process.env.TZ;
		else process.env.TZ = zone;
	});
	const hoursOf = async () => (await station.call("GET", "/api/topics?language=en")).body.site;
	const hours = await hoursOf();
	for (const other of ["Pacific/Kiritimati", "Pacific/Niue", "Africa/Cairo", "Nowhere/Land"]) {
		process.env.TZ = other;
		expect(await hoursOf()).toEqual(hours);
		expect(await dayOf(station)).toBe(monday);
		expect(await clockOf(station)).toEqual({ doubt: null, advice: null });
	}
});

test("a program that starts again while the clock is a day ahead still doubts it; a machine that was off believes it", async () => {
	const folder = emptyFolder();
	const machine = { uptime: HOUR };
	const open = (boot: string) =>
		openTestStation({ folder, uptime: () => machine.uptime, boot, now: MONDAY + DAY + machine.uptime - HOUR });
	const first = await openTestStation({ folder, uptime: () => machine.uptime, boot: "monday", now: MONDAY });
	const monday = await dayOf(first);
	first.clock.now += DAY;
	expect(await clockOf(first)).toMatchObject({ doubt: { kind: "jumped" } });
	await first.close();

	machine.uptime += 10 * MINUTE;
	const again = await open("monday");
	expect(await clockOf(again)).toMatchObject({ doubt: { kind: "jumped" } });
	expect(await waitingCount(again)).toBe(1);
	expect(await dayOf(again)).toBe(monday);
	await again.close();

	const other = await open("another boot");
	expect(await clockOf(other)).toEqual({ doubt: null, advice: null });
	expect(await waitingCount(other)).toBe(0);
});

test("a clock file that is damaged or of later than now counts for nothing", async () => {
	const folder = emptyFolder();
	const before = await openOnMachine(folder);
	const monday = await dayOf(before);
	await before.close();
	for (const text of ["", "{", '{"boot":"monday","wall":"soon"}', '{"boot":"monday","wall":1,"uptime":9e12}']) {
		writeFileSync(join(folder, "clock.json"), text);
		const station = await openTestStation({ folder, uptime: () => HOUR, boot: "monday", now: MONDAY + MINUTE });
		expect(await clockOf(station)).toEqual({ doubt: null, advice: null });
		expect(await dayOf(station)).toBe(monday);
		await station.close();
	}
});

test("only an administrator confirms a clock that was moved, and the day goes on by it", async () => {
	const station = await openOnMachine();
	const monday = await dayOf(station);
	const [agent, administrator] = [await station.signIn("1"), await station.signIn("2", "Wu", "administrator")];
	station.clock.now += DAY;
	expect(await dayOf(station)).toBe(monday);
	const confirm = (token: string) => station.call("POST", "/api/clock/confirm", { token });
	expect(await confirm(agent)).toMatchObject({ status: 403, body: { code: "ROLE_REQUIRED" } });
	expect(await confirm(administrator)).toMatchObject({ status: 200, body: { doubt: null, advice: null } });
	const tuesday = await dayOf(station);
	expect(String(tuesday) > String(monday)).toBe(true);
});

test("a day that a wrong clock left far ahead does not keep the right day from coming", async () => {
	const folder = emptyFolder();
	const wrong = await openTestStation({ folder });
	const monday = await dayOf(wrong);
	wrong.clock.now = Date.UTC(2036, 0, 1, 2);
	expect(await dayOf(wrong)).toBe("2036-01-01");
	wrong.clock.now = MONDAY_NINE;
	expect((await wrong.issue()).body).toMatchObject({ serviceDay: monday, number: "B002" });
});
