import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Health } from "../../protocol/api/health.ts";
import { openServerPage } from "../fixtures/server-page.ts";
import { postTicket, runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";

test("a disk that was copied and runs twice: nothing is lost, both go on, and IT is shown the fork and what it did", async () => {
	const page = await openServerPage();
	const folder = join(emptyFolder(), "first");
	const start = (data: string) =>
		spawnReady(["station", "--data", data, "--printer", "tcp://127.0.0.1:9", "--port", "0", "--headless"]);
	let keys = 0;
	const issue = async (station: Spawned, count: number) => {
		for (let issued = 0; issued < count; issued += 1) {
			keys += 1;
			const answer = await postTicket(station, { topic: "work-permit", language: "en", key: `a key of ${keys}` });
			expect(answer.status).toBe(201);
		}
	};
	const syncOf = async ({ origin }: Spawned) => ((await (await fetch(`${origin}/api/health`)).json()) as Health).sync;
	const given = (station: Spawned, forks: number) =>
		expect.poll(() => syncOf(station), { timeout: 60_000 }).toMatchObject({ unsent: 0, forks });
	const verify = async (data: string) => {
		const { stdout, code } = await runCommand(["verify", "--data", data, "--server", page.origin]);
		return { code, report: JSON.parse(stdout.trim().split("\n")[1] ?? "") as Record<string, unknown> };
	};

	const first = await start(folder);
	const enrol = ["enrol", "--data", folder, "--server", page.origin, "--code", await page.codeFor(SITE)];
	expect(await runCommand(enrol)).toMatchObject({ code: 0 });
	await issue(first, 2);
	await given(first, 0);
	await first.end();

	// The machine is copied as a whole, with its key; both are switched on.
	const copied = join(emptyFolder(), "copied");
	cpSync(folder, copied, { recursive: true });
	const [one, other] = [await start(folder), await start(copied)];
	await issue(one, 3);
	await given(one, 0);
	await issue(other, 2);
	await given(other, 1);
	await issue(one, 1);
	await given(one, 0);

	const forks = async () => (await page.stationOf(SITE))?.forks;
	await expect.poll(forks).toBe(1);
	await expect.poll(async () => (await page.stationOf(SITE))?.runsTwice).toBe(true);
	await Promise.all([one.end(), other.end()]);
	const [whole, copy] = [await verify(folder), await verify(copied)];
	// Six tickets of the one, four of the other, two of them common: the server has all eight.
	expect(whole).toMatchObject({
		code: 1,
		report: {
			kind: "serverAhead",
			unsent: 0,
			missing: 0,
			tickets: { station: { waiting: 6 }, server: { waiting: 8 } },
		},
	});
	expect(copy).toMatchObject({
		code: 1,
		report: {
			kind: "serverAhead",
			unsent: 0,
			missing: 0,
			tickets: { station: { waiting: 4 }, server: { waiting: 8 } },
		},
	});
	expect(whole.report.numbersGivenTwice).toMatchObject([{ number: "B003" }, { number: "B004" }]);
});
