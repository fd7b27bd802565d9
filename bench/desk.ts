import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { openOwnEventLog } from "../cli/open-event-log.ts";
import { openBeside } from "../db/station/open.ts";
import { openRandom } from "../lib/random.ts";
import { openSecrets } from "../station/app/secrets.ts";
import { openStaffAccounts } from "../station/staff/staff-accounts.ts";
import { openBoardWatchers } from "./board-watchers.ts";
import { quantile, writeFigure } from "./figure.ts";
import { openKioskClient } from "./kiosk-client.ts";
import { type StationProcess, startStation, TOP } from "./station-process.ts";

const DESKS = 10;
const BOARDS = 50;
/** Visitors who follow their tickets on the phone. */
const PHONES = 300;
const QUEUE = 500;
const ROUNDS = 40;
/** Rounds before it counts: a station that has been open since the morning is compiled. */
const WARM_UP = 10;
/** Between two presses of one desk: 10 desks then act about a hundred times a second, far above any hall. */
const PRESS_EACH = 100;
const UNSEEN_AFTER_MS = 5_000;
const PAIRS = Number(process.env.PAIHAO_BENCH_PAIRS ?? 10_000);
const PIN = "4821";

/** Desks, boards and phones on one station over HTTP, the queue kept at 500: an act's answer, and a call on every board. */
export async function benchDesk(): Promise<void> {
	const catalogue = catalogueWithCounters(DESKS);
	const station = await startStation("tcp://127.0.0.1:9", ["--catalogue", catalogue]);
	const watchers = await openBoardWatchers(station.origin, BOARDS);
	let phones: Worker | undefined;
	try {
		const desks = await signInAll(station, DESKS);
		// After the desks: the station closes a connection that is idle while ten PINs are checked.
		const kiosk = await openKioskClient(station);
		const codes: string[] = [];
		for (let count = 0; count < QUEUE; count += 1) codes.push((await kiosk.issue("work-permit", "en")).code);
		phones = new Worker(new URL("phone-poller.ts", import.meta.url), {
			workerData: { origin: station.origin.href, codes: codes.slice(-PHONES) },
		});
		// From here on, so that a phone without an answer ends the benchmark and not only its thread.
		const reported = once(phones, "message") as Promise<[number[]]>;
		const actions: number[] = [];
		const calls: number[] = [];
		let unseen = 0;
		const work = async (desk: Desk, place: number) => {
			await pause((place * PRESS_EACH) / DESKS);
			for (let round = -WARM_UP; round < ROUNDS; round += 1) {
				const times = round < 0 ? undefined : actions;
				const pressed = watchers.now();
				const called = await desk.act("next", times);
				if (round >= 0 && round % 4 === 0) {
					// On a busy machine the visitor may be gone before a slow board has the next picture.
					const seen = await Promise.race([watchers.seen(called.number), pause(UNSEEN_AFTER_MS)]);
					if (seen === undefined) unseen += 1;
					else calls.push(...seen.map((at) => at - pressed));
				}
				await pause(PRESS_EACH);
				await desk.act("start", times);
				await pause(PRESS_EACH);
				await desk.act("finish", times);
				await kiosk.issue("work-permit", "en");
				await pause(PRESS_EACH);
			}
		};
		// One connection asks after the other: the kiosk's client takes one request at a time.
		const oneAtATime = takeTurns(kiosk.issue);
		kiosk.issue = oneAtATime;
		await Promise.race([Promise.all(desks.map(work)), reported]);
		phones.postMessage("end");
		const [phoneAnswers] = await reported;
		const loads = { desks: DESKS, boards: BOARDS, phones: PHONES, queue: QUEUE };
		const beside = { p50: quantile(actions, 0.5), actions: actions.length, ...loads };
		writeFigure({
			figure: "desk: an act, p99",
			value: quantile(actions, 0.99),
			unit: "ms",
			goal: { atMost: 20 },
			beside,
		});
		writeFigure({
			figure: "desk: from the press of next to the call on a board, p99",
			value: quantile(calls, 0.99),
			unit: "ms",
			goal: { atMost: 100 },
			beside: {
				p50: quantile(calls, 0.5),
				boards: BOARDS,
				samples: calls.length,
				"calls not seen on every board": unseen,
			},
		});
		writeFigure({
			figure: "desk: a phone's own ticket meanwhile, asked each 4 s, p99",
			value: quantile(phoneAnswers, 0.99),
			unit: "ms",
			beside: { p50: quantile(phoneAnswers, 0.5), phones: PHONES, answers: phoneAnswers.length },
		});
		const [one, other] = desks;
		if (!one || !other) throw new Error("Two desks are needed.");
		const twice = await pressTogether(one, other, oneAtATime);
		writeFigure({
			figure: `desk: two desks pressing next together ${PAIRS} times, tickets called twice`,
			value: twice,
			unit: "tickets",
			goal: { atMost: 0 },
		});
		kiosk.close();
	} finally {
		await phones?.terminate();
		await watchers.close();
		await station.end();
		rmSync(catalogue, { recursive: true });
	}
}

/** The product's catalogue with as many counters at every site as there are desks. */
function catalogueWithCounters(count: number): string {
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-catalogue-"));
	cpSync(join(TOP, "resources/catalogue"), folder, { recursive: true });
	const file = join(folder, "locations.json");
	const counters = JSON.stringify(Array.from({ length: count }, (_, place) => String(place + 1)));
	writeFileSync(file, readFileSync(file, "utf8").replace(/"counters": \[[^\]]*\]/g, `"counters": ${counters}`));
	return folder;
}

interface Desk {
	/** Acts at its counter; the time of the answer, in milliseconds, goes into `times`. */
	act(act: "next" | "start" | "finish", times?: number[]): Promise<{ id: string; number: string }>;
}

async function pressTogether(one: Desk, other: Desk, issue: (topic: string, language: string) => Promise<unknown>) {
	const called = new Set<string>();
	let twice = 0;
	for (let pair = 0; pair < PAIRS; pair += 1) {
		await Promise.all([issue("work-permit", "en"), issue("work-permit", "en")]);
		for (const { id } of await Promise.all([one.act("next"), other.act("next")])) {
			if (called.has(id)) twice += 1;
			called.add(id);
		}
		await Promise.all(
			[one, other].map(async (desk) => {
				await desk.act("start");
				await desk.act("finish");
			}),
		);
	}
	return twice;
}

async function signInAll(station: StationProcess, count: number): Promise<Desk[]> {
	const data = join(station.folder, "data");
	const { database, close } = openBeside(data, join(TOP, "db/station/migrations"));
	const { id: newId } = openRandom();
	const eventLog = openOwnEventLog(database, { data, newId, now: Date.now() });
	const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
	const names = Array.from({ length: count }, (_, place) => `desk ${place + 1}`);
	for (const name of names) await staff.setPin(name, PIN, "agent", { now: Date.now() });
	close();
	const desks: Desk[] = [];
	for (const [place, name] of names.entries()) {
		const counter = String(place + 1);
		const { body } = await post(station.origin, "/api/session", "", { staff: name, pin: PIN, counter });
		const token = String(body.token);
		desks.push({
			async act(act, times) {
				const began = performance.now();
				const answer = await post(station.origin, `/api/counters/${counter}/${act}`, token, {});
				times?.push(performance.now() - began);
				if (answer.status !== 200) throw new Error(`${act}: ${answer.status} ${JSON.stringify(answer.body)}`);
				return answer.body as { id: string; number: string };
			},
		});
	}
	return desks;
}

function post(origin: URL, path: string, token: string, body: object) {
	return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token || randomUUID()}` };
		const asking = request(new URL(path, origin), { method: "POST", headers }, (answer) => {
			let text = "";
			answer.setEncoding("utf8").on("data", (part: string) => {
				text += part;
			});
			answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body: text ? JSON.parse(text) : {} }));
		});
		asking.once("error", reject);
		asking.end(JSON.stringify(body));
	});
}

function takeTurns<Args extends unknown[], T>(work: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
	let before: Promise<unknown> = Promise.resolve();
	return (...args) => {
		const turn = before.then(() => work(...args));
		before = turn.catch(() => {});
		return turn;
	};
}

const pause = (milliseconds: number) => new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds));
