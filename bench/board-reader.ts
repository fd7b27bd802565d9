import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

/*
 * A board that asks each 20 ms, in a thread of its own (see render-day.ts). On "end" it reports the time of every
 * answer, and how late its own timers were: that is the machine's delay and not the station's. All in milliseconds.
 */

const EACH_MS = 20;
const address: string = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const answers: number[] = [];
const late: number[] = [];
let ended = false;
parentPort?.once("message", () => {
	ended = true;
});

function ask(): Promise<void> {
	return new Promise((resolve, reject) => {
		get(address, { agent }, (response) => {
			response.resume().once("end", resolve);
			if (response.statusCode !== 200) reject(new Error(`${address} answered ${response.statusCode}`));
		}).once("error", reject);
	});
}

while (!ended) {
	const began = performance.now();
	await ask();
	const answered = performance.now();
	answers.push(answered - began);
	const pause = Math.max(0, EACH_MS - (answered - began));
	await sleep(pause);
	late.push(performance.now() - answered - pause);
}
agent.destroy();
parentPort?.postMessage({ answers, late });
