import { expect, test } from "vitest";
import {
	type DayReplay,
	dayReplaySchema,
	type StaffingChangeInput,
} from "../../../../protocol/statistics/day-replay.ts";
import { runInProcess } from "../../../fixtures/command-line.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
const DAY = new Date(MONDAY_NINE).toISOString().slice(0, 10);

/** A visitor every five minutes, each served for eight at one counter: the queue grows all morning. */
async function playMorning(visitors: number) {
	const station = await openTestStation();
	const { call, clock, issue, signIn } = station;
	const agent = await signIn("1");
	const act = (name: string, body?: unknown) => call("POST", `/api/counters/1/${name}`, { token: agent, body });
	let busyUntil = 0;
	const callNext = async () => {
		await act("next");
		await act("start");
		busyUntil = clock.now + 8 * MINUTE;
	};
	const finish = () => act("finish", { outcome: "answered" });
	let waiting = 0;
	for (let minute = 0, served = 0; served < visitors; minute += 1) {
		clock.now = MONDAY_NINE + minute * MINUTE;
		if (minute % 5 === 0 && minute / 5 < visitors) {
			await issue("work-permit", crypto.randomUUID());
			waiting += 1;
		}
		if (busyUntil !== 0 && clock.now >= busyUntil) {
			await finish();
			busyUntil = 0;
			served += 1;
		}
		if (busyUntil === 0 && waiting > 0) {
			await callNext();
			waiting -= 1;
		}
	}
	await call("DELETE", "/api/session", { token: agent });
	const askAt = async (now: number, changes: readonly StaffingChangeInput[]): Promise<DayReplay> => {
		clock.now = now;
		const token = await signIn("2", "Chief", "supervisor");
		const { status, body } = await call("POST", "/api/statistics/replay", {
			token,
			body: { serviceDay: DAY, changes },
		});
		expect(status, JSON.stringify(body)).toBe(200);
		return dayReplaySchema.parse(body);
	};
	return { ...station, askAt, ask: (changes: readonly StaffingChangeInput[]) => askAt(MONDAY_NINE + DAY_MS, changes) };
}

test("a supervisor learns what another counter at ten would have done, beside what was so; the command says the same", async () => {
	const { ask, folder } = await playMorning(24);
	const open = { kind: "open" as const, from: "10:00" };
	const replay = await ask([open]);
	// The last of 24 came after 115 minutes and was called after 184.
	expect(replay).toMatchObject({
		...{ kind: "replayed", visitors: 24, effect: "shorter", remarks: [] },
		actual: { p90WaitMs: 63 * MINUTE, mostWaiting: 9, closed: 0 },
	});
	if (replay.kind !== "replayed") throw new Error("It was played.");
	expect(replay.unchanged.medianWaitMs.middle).toBeCloseTo(replay.actual.medianWaitMs, -5);
	expect(replay.changed.p90WaitMs.high).toBeLessThan(replay.actual.p90WaitMs / 2);
	expect(replay.changed.medianWaitMs.low).toBeLessThanOrEqual(replay.changed.medianWaitMs.high);

	const words = ["plan", "--data", folder, "--day", DAY, "--open", "10:00", "--absent", "7"];
	expect(JSON.parse(await runInProcess([...words, "--json"]))).toEqual({
		...replay,
		remarks: [{ change: 1, remark: "counter-not-open" }],
	});
	for (const wrong of [
		["--absent", "x"],
		["--serve", "1=nothing"],
		["--serve", "1"],
		["--open", "10"],
	])
		await expect(runInProcess([...words.slice(0, 5), ...wrong])).rejects.toMatchObject({ code: "USAGE" });
});

test("nobody at the only counter leaves everybody waiting until the end of the day", async () => {
	const { ask } = await playMorning(20);
	expect(await ask([{ kind: "absent", counter: "1" }])).toMatchObject({
		...{ effect: "longer", changed: { closed: { low: 20, high: 20 } } },
	});
});

test("too few visitors, and a day that is not over, are no basis", async () => {
	const { ask, askAt } = await playMorning(4);
	expect(await ask([])).toMatchObject({ kind: "unknown", reason: "too-few", visitors: null, fewest: 20 });
	expect(await askAt(MONDAY_NINE + 300 * MINUTE, [])).toMatchObject({ kind: "unknown", reason: "not-over" });
});

test("an unknown topic, an unknown counter and a time that is none are refused", async () => {
	const { call, signIn } = await openTestStation();
	const token = await signIn("2", "Chief", "supervisor");
	const ask = (change: unknown) =>
		call("POST", "/api/statistics/replay", { token, body: { serviceDay: DAY, changes: [change] } });
	expect(await ask({ kind: "serve", counter: "1", topic: "nothing" })).toMatchObject({
		body: { code: "TOPIC_UNKNOWN" },
	});
	expect(await ask({ kind: "absent", counter: "x" })).toMatchObject({ body: { code: "COUNTER_UNKNOWN" } });
	expect(await ask({ kind: "open", from: "25:00" })).toMatchObject({ body: { code: "BAD_REQUEST" } });
});
