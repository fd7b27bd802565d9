import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

/*
 * Phones that follow their tickets, in a thread of their own, each as often as the phone's page asks near its turn. On
 * "end" it reports the time of every answer, in milliseconds.
 */

const EACH_MS = 4_000;
const { origin, codes } = workerData as { origin: string; codes: string[] };
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const answers: number[] = [];
let ended = false;
parentPort?.once("message", () => {
	ended = true;
});

/** One answer. A connection that the station closed while it was idle is opened anew, as a browser does. */
function ask(code: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const again = (error: Error) => {
			if (asking.reusedSocket) ask(code).then(resolve, reject);
			else reject(new Error(`A phone got no answer: ${error.message}`));
		};
		const asking = get(new URL(`/api/phone/${code}`, origin), { agent }, (response) => {
			if (response.statusCode !== 200) reject(new Error(`/api/phone answered ${response.statusCode}`));
			response
				.once("error", again)
				.resume()
				.once("end", () => {
					answers.push(performance.now() - began);
					resolve();
				});
		});
		asking.once("error", again);
	});
}

async function follow(code: string, place: number): Promise<void> {
	await sleep((place * EACH_MS) / codes.length);
	while (!ended) {
		await ask(code);
		await sleep(EACH_MS);
	}
}

await Promise.all(codes.map(follow));
agent.destroy();
parentPort?.postMessage(answers);
