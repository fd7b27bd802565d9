import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../lib/seeded-random.ts";
import { openEnrolmentStore, openSecrets } from "../../station/app/secrets.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, type Spawned, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

/** `npm run test:long` kills forty times; PAIHAO_SEED repeats a run. */
const KILLS = Number(process.env.PAIHAO_TEST_SYNC_KILLS ?? 3);
const SEED = Number(process.env.PAIHAO_SEED ?? Date.now() % 1_000_000_000);
const TICKETS_BETWEEN = 25;

interface ReadyServer {
	ready: "server";
	pid: number;
	server: string;
}

/** Passes requests on; one in five it sends twice, one in ten it answers with nothing. */
async function openBadNetwork(random: () => number, target: () => string): Promise<string> {
	const proxy = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
		incoming.on("end", () => {
			const pass = (answered: (status: number, body: Buffer) => void) => {
				const onward = send(new URL(incoming.url ?? "/", target()), {
					method: incoming.method,
					headers: { ...incoming.headers, host: new URL(target()).host },
				});
				onward.on("response", (response) => {
					const parts: Buffer[] = [];
					response.on("data", (part: Buffer) => parts.push(part));
					response.on("end", () => answered(response.statusCode ?? 502, Buffer.concat(parts)));
				});
				onward.on("error", () => outgoing.destroy());
				onward.end(Buffer.concat(chunks));
			};
			const [isDoubled, isLost] = [random() < 0.2, random() < 0.1];
			if (isDoubled) pass(() => {});
			pass((status, body) => {
				if (isLost) outgoing.destroy();
				else outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
			});
		});
	});
	proxy.listen(0, "127.0.0.1");
	await once(proxy, "listening");
	onTestFinished(() => {
		proxy.closeAllConnections();
		proxy.close();
	});
	return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test("both programs are killed in turn over a network that doubles and loses: the server has all of it, once", {
	// Each kill is a program's start and its wait for the other one.
	timeout: 60_000 + KILLS * 15_000,
}, async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	const random = seededRandom(SEED);
	const serverFolder = emptyServerFolder();
	const folder = emptyFolder();
	mkdirSync(join(folder, "paper"), { recursive: true });
	const startServer = () => spawnProgram<ReadyServer>(["server", "--data", serverFolder, "--port", "0"]);
	const flags = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
	const startStation = () => spawnReady(["station", ...flags]);
	let server = await startServer();
	let station: Spawned = await startStation();
	const network = await openBadNetwork(random, () => server.ready.server);

	const site = "permanent-residence-service-centre";
	const made = await runCommand(["server", "code", "--data", serverFolder, "--site", site]);
	const { code } = JSON.parse(made.stdout) as { code: string };
	// The code is used up by the first of two requests that come: the bad network is for the events.
	const enrolled = await runCommand(["enrol", "--data", folder, "--server", server.ready.server, "--code", code]);
	expect(enrolled).toMatchObject({ code: 0 });
	const again = await runCommand(["enrol", "--data", folder, "--server", server.ready.server, "--code", code]);
	expect(again.code).toBe(1);
	const secrets = openSecrets(folder).enrolment;
	if (!secrets) throw new Error("It was enrolled, and its folder does not say so.");
	openEnrolmentStore(folder).keepEnrolment({ ...secrets, server: network });

	const markSent = new Set<string>();
	for (let kill = 0; kill <= KILLS; kill += 1) {
		for (let count = 0; count < TICKETS_BETWEEN; count += 1) {
			const body = { topic: "work-permit", language: "en", key: `${SEED}-${kill}-${count}` };
			const answer = await postTicket(station, body);
			markSent.add(((await answer.json()) as { id: string }).id);
		}
		if (kill === KILLS) break;
		if (kill % 2 === 0) {
			await station.end("SIGKILL");
			station = await startStation();
		} else {
			await server.end("SIGKILL");
			server = await startServer();
		}
	}
	const sync = async () =>
		(
			(await (await fetch(`${station.origin}/api/health`)).json()) as {
				sync: { unsent: number; lastSeenAt: number | null };
			}
		).sync;
	await expect.poll(sync, { timeout: 120_000 }).toMatchObject({ unsent: 0, forks: 0, lastSeenAt: expect.any(Number) });

	// Enrolled again: the events go on in a new stream, and the server has them all as before.
	const second = JSON.parse((await runCommand(["server", "code", "--data", serverFolder, "--site", site])).stdout);
	const anew = ["enrol", "--data", folder, "--server", server.ready.server, "--code", second.code];
	expect(await runCommand(anew)).toMatchObject({ code: 0 });
	const one = await postTicket(station, { topic: "work-permit", language: "en", key: `${SEED}-anew` });
	markSent.add(((await one.json()) as { id: string }).id);
	await expect.poll(sync, { timeout: 120_000 }).toMatchObject({ unsent: 0, forks: 1 });
	await station.end();
	const verified = await runCommand(["verify", "--data", folder, "--server", server.ready.server]);
	const [own, audit] = verified.stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	console.log(`${KILLS} kills: ${markSent.size} told; ${JSON.stringify(audit)}`);
	expect(own).toMatchObject({ kind: "agrees", tickets: markSent.size });
	expect(audit).toMatchObject({ kind: "agrees", missing: 0, tickets: { server: { waiting: markSent.size } } });
	expect(verified.code).toBe(0);

	// And by somebody who has two files, no key and neither program.
	const files = { events: join(folder, "events.jsonl"), export: join(folder, "server.export") };
	writeFileSync(files.events, (await runCommand(["events", "--data", folder])).stdout);
	expect(await runCommand(["server", "export", "--data", serverFolder, "--out", files.export])).toMatchObject({
		code: 0,
	});
	const byFiles = await runCommand(["verify", "--events", files.events, "--export", files.export]);
	expect({ ...JSON.parse(byFiles.stdout), about: undefined }).toEqual({ ...audit, about: undefined });
	expect(byFiles.code).toBe(0);
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
