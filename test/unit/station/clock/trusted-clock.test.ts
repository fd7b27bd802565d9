import { expect, test } from "vitest";
import { openTrustedClock } from "../../../../station/clock/trusted-clock.ts";

const NINE = Date.UTC(2026, 10, 30, 1, 0);
const DAY = 86_400_000;

function open(lastEventAt?: number) {
	const machine = { wall: NINE, uptime: 60_000, awake: 5 };
	const told: string[] = [];
	let exactReads = 0;
	const log = {
		info: (event: unknown) => told.push(String(event)),
		warn: (details: { kind: string }, event: string) => told.push(`${event} ${details.kind}`),
	};
	const clock = openTrustedClock({
		wall: () => machine.wall,
		uptime: () => {
			exactReads += 1;
			return machine.uptime;
		},
		awake: () => machine.awake,
		lastEventAt,
		builtAt: NINE - 30 * DAY,
		log: log as unknown as Parameters<typeof openTrustedClock>[0]["log"],
		changed: () => told.push("changed"),
	});
	const pass = (ms: number) => {
		machine.wall += ms;
		machine.uptime += ms;
		machine.awake += ms;
	};
	return { machine, clock, told, pass, exactReads: () => exactReads };
}

test("while all is well it is the machine's clock, and the slow one is read once", () => {
	const { clock, pass, told, exactReads } = open();
	for (let minute = 0; minute < 600; minute += 1) {
		pass(60_000);
		clock.now();
	}
	expect(clock.now()).toBe(NINE + 600 * 60_000);
	expect(told).toEqual([]);
	expect(exactReads()).toBe(1);
});

test("a jump ahead by a day for a minute changes neither time nor day, is told once, and ends by itself", () => {
	const { machine, clock, pass, told } = open();
	machine.wall += DAY;
	expect(clock.now()).toBe(NINE);
	pass(60_000);
	expect([clock.now(), clock.holdsDay(), clock.doubt()?.kind]).toEqual([NINE + 60_000, true, "jumped"]);
	machine.wall -= DAY;
	expect([clock.now(), clock.holdsDay(), clock.doubt()]).toEqual([NINE + 60_000, false, null]);
	expect(told).toEqual(["clock.doubted jumped", "changed", "clock.trusted", "changed"]);
});

test("after a night's sleep it is the morning, and nothing is in doubt", () => {
	const { machine, clock } = open();
	clock.now();
	machine.wall += 14 * 3_600_000;
	machine.uptime += 14 * 3_600_000;
	expect(clock.now()).toBe(NINE + 14 * 3_600_000);
	expect(clock.doubt()).toBeNull();
});

test("started in 2036: it goes on from the last event until the clock is set or confirmed", () => {
	const { machine, clock, pass, told } = open(NINE - DAY);
	machine.wall = Date.UTC(2036, 0, 1);
	expect(told).toEqual([]);
	const wrong = open(NINE - DAY);
	wrong.machine.wall = Date.UTC(2036, 0, 1);
	expect(wrong.clock.now()).toBe(NINE);
	pass(0);
	wrong.clock.confirm();
	expect([wrong.clock.now(), wrong.clock.doubt()]).toEqual([Date.UTC(2036, 0, 1), null]);
	expect(clock.holdsDay()).toBe(true);
});

test("the server ends a doubt where it agrees with the machine's clock", () => {
	const { machine, clock } = open();
	machine.wall += 3 * 3_600_000;
	expect(clock.holdsDay()).toBe(true);
	clock.heardServer(NINE + 3 * 3_600_000);
	expect([clock.now(), clock.holdsDay()]).toEqual([NINE + 3 * 3_600_000, false]);
});

test("a machine that dozes off for a minute a hundred times is not an hour ahead when its clock is set", () => {
	const { machine, clock, pass } = open();
	for (let nap = 0; nap < 100; nap += 1) {
		machine.wall += 60_000;
		machine.uptime += 60_000;
		pass(1_000);
		expect(clock.holdsDay()).toBe(false);
	}
	const real = machine.wall;
	machine.wall += DAY;
	expect([clock.now(), clock.doubt()?.kind]).toEqual([real, "jumped"]);
});
