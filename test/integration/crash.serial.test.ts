import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { postTicket, runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/** `npm run test:long` runs more: PAIHAO_TEST_KILLS. */
const KILLS = Number(process.env.PAIHAO_TEST_KILLS ?? 20);
const CLIENTS = 10;
const TOPICS = ["work-permit", "language-learning", "education", "permanent-residence", "social-insurance"];
const LANGUAGES = ["en", "zh-Hans", "ar", "th"];

const seen = z.object({ id: z.string(), number: z.string(), serviceDay: z.string() });

test(`killed ${KILLS} times while ${CLIENTS} clients issue: nothing lost, nothing doubled`, {
	timeout: 60_000 + KILLS * 6_000,
}, async () => {
	const seed = Number(process.env.PAIHAO_SEED ?? Date.now() % 2 ** 31);
	console.log(`seed ${seed} (PAIHAO_SEED repeats it)`);
	// A kill comes so many answers and milliseconds after the start: progress on any machine, and any place in a transaction.
	const moment = fc.record({ answers: fc.integer({ min: 1, max: 120 }), later: fc.integer({ min: 0, max: 12 }) });
	const moments = fc.sample(moment, { seed, numRuns: KILLS });

	const folder = emptyFolder();
	const data = join(folder, "data");
	const flags = [
		"station",
		"--data",
		data,
		"--printer",
		`virtual:${join(folder, "paper")}`,
		"--port",
		"0",
		"--headless",
		"--log-level",
		"error",
	];
	/** What clients were told, by the key they asked with: the promise is about these. */
	const told = new Map<string, z.infer<typeof seen>>();
	/** Keys asked with and not answered: asked again after the restart, as a kiosk does. */
	const unanswered: string[] = [];

	const client = async (station: Spawned, dead: AbortSignal, answered: () => void) => {
		while (!dead.aborted) {
			const key = unanswered.pop() ?? randomUUID();
			try {
				const answer = await postTicket(station, {
					topic: TOPICS[told.size % TOPICS.length] ?? "",
					language: LANGUAGES[told.size % LANGUAGES.length] ?? "",
					key,
				});
				const ticket = seen.parse(await answer.json());
				const before = told.get(key);
				if (before) expect(ticket).toEqual(before);
				told.set(key, ticket);
				answered();
			} catch (error) {
				unanswered.push(key);
				if (!dead.aborted && !(error instanceof TypeError)) throw error;
				// The station is dead or dying: this client is done with it.
				return;
			}
		}
	};

	for (const { answers, later } of moments) {
		const station = await spawnReady(flags);
		const dead = new AbortController();
		// A key that was answered before the kill must give the same ticket after it.
		unanswered.push(...[...told.keys()].slice(-CLIENTS / 2));
		const enough = Promise.withResolvers<void>();
		let left = answers;
		const answered = () => {
			left -= 1;
			if (left <= 0) enough.resolve();
		};
		const clients = Promise.all(Array.from({ length: CLIENTS }, () => client(station, dead.signal, answered)));
		await Promise.race([enough.promise, clients]);
		await wait(later);
		dead.abort();
		await station.end("SIGKILL");
		await clients;
	}

	const confirmation = await runCommand(["verify", "--data", data]);
	expect(confirmation.stderr).toBe("");
	expect(confirmation.code).toBe(0);

	const { stdout } = await runCommand(["events", "--data", data]);
	const issued = new Map<string, { number: string; serviceDay: string }>();
	for (const line of stdout.trim().split("\n")) {
		const { type, data } = JSON.parse(line);
		if (type === "ticket.issued") issued.set(data.ticket, { number: data.number, serviceDay: data.serviceDay });
	}
	expect(told.size).toBeGreaterThan(KILLS);
	for (const { id, number, serviceDay } of told.values()) expect(issued.get(id)).toEqual({ number, serviceDay });
	expect(new Set([...told.values()].map(({ id }) => id)).size).toBe(told.size);
	expect(new Set([...issued.values()].map(({ number, serviceDay }) => `${serviceDay} ${number}`)).size).toBe(
		issued.size,
	);
	// Never more tickets than keys: a repeated key made no second one.
	expect(issued.size).toBeLessThanOrEqual(told.size + new Set(unanswered).size);
	console.log(`${told.size} tickets told, ${issued.size} on disk, ${JSON.parse(confirmation.stdout).events} events`);
});
