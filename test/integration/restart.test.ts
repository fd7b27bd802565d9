import { join } from "node:path";
import { expect, test } from "vitest";
import type { Health } from "../../protocol/api/health.ts";
import { openServerPage } from "../fixtures/server-page.ts";
import { postTicket, runCommand, spawnReady, toStation } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";

test("a station that is told to restart starts anew, and is called done when it is back", async () => {
	const page = await openServerPage();
	const folder = emptyFolder();
	const flags = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
	const station = await spawnReady(["station", ...flags]);
	const enrol = ["enrol", "--data", folder, "--server", page.origin, "--code", await page.codeFor(SITE)];
	expect(await runCommand(enrol)).toMatchObject({ code: 0 });
	await expect.poll(async () => (await page.stationOf(SITE))?.lastSeenAt).toEqual(expect.any(Number));
	const startedAt = async (origin: string) =>
		((await (await fetch(`${origin}/api/health`)).json()) as Health).startedAt;
	const before = await startedAt(station.origin);

	const number = await page.command(SITE, { kind: "restart" });
	const again = await station.readyAgain();
	await expect.poll(() => page.outcomeOf(SITE, number)).toBe("done");
	// The process that its supervisor knows goes on: its program began anew, with its sockets and its line.
	expect(again.pid).toBe(station.process.pid);
	const { origin, kioskKey } = toStation(again);
	expect(origin).not.toBe(station.origin);
	expect(await startedAt(origin)).toBeGreaterThan(before);
	await expect(fetch(station.origin)).rejects.toThrow();
	const body = { topic: "work-permit", language: "en", key: "after-the-restart" };
	expect((await postTicket({ origin, kioskKey }, body)).status).toBe(201);
	const { stdout } = await runCommand(["events", "--data", folder]);
	const outcomes = stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as { type: string; data: { outcome?: string } })
		.filter(({ type }) => type === "command.settled");
	expect(outcomes.map(({ data }) => data.outcome)).toEqual(["begun", "done"]);

	expect(await station.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
