import { expect, test } from "vitest";
import { statisticsSchema } from "../../../protocol/statistics/statistics.ts";
import { runInProcess } from "../../fixtures/command-line.ts";
import { openTestStation } from "../../fixtures/station.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../fixtures/ticket-service.ts";

const DAY = new Date(MONDAY_NINE).toISOString().slice(0, 10);
const range = ["--from", DAY, "--to", DAY];

test("beside a running station: a table for spreadsheets, and the same as the API in JSON", async () => {
	const { folder, issue, call, signIn } = await openTestStation();
	for (let count = 0; count < 5; count += 1) await issue("work-permit");
	const print = (...words: string[]) => runInProcess(["statistics", "--data", folder, ...range, ...words]);
	const csv = await print();
	expect(csv).toMatch(/^\uFEFFgroup,key,name,/);
	expect(csv).toContain('topic,work-permit,"Work permit (A, B, C)",5,5,0,');
	const token = await signIn("1", "Chief", "supervisor");
	const { body } = await call("GET", `/api/statistics?from=${DAY}&to=${DAY}`, { token });
	const {
		forecast: _,
		today: _today,
		...printed
	} = statisticsSchema.parse(JSON.parse(await print("--format", "json")));
	// The command's clock is the machine's: the day after its today is another one.
	const { forecast: __, today: __today, ...answered } = statisticsSchema.parse(body);
	expect(printed).toEqual(answered);
	expect(await print("--topic", "newborn", "--format", "json")).toContain('"topic":"newborn"');
});

test("a range that is none, and a folder without a station, are refused with a sentence", async () => {
	const run = (...words: string[]) => runInProcess(["statistics", "--data", emptyFolder(), ...words]);
	await expect(run("--from", "2026-11-02", "--to", "2026-11-01")).rejects.toMatchObject({ code: "USAGE" });
	await expect(run("--from", "2016-11-02", "--to", "2026-11-01")).rejects.toMatchObject({ code: "USAGE" });
	await expect(run("--from", "yesterday", "--to", "2026-11-01")).rejects.toThrow(/--from/);
	await expect(run(...range)).rejects.toMatchObject({ code: "DATA_MISSING" });
});
