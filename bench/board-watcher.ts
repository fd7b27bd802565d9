import { Agent, get } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/* The thread behind board-watchers.ts: reports each number once every board has shown it as called. */

const { origin, boards } = workerData as { origin: string; boards: number };
const agent = new Agent({ maxSockets: boards });
const shown = new Map<string, number[]>();
let open = 0;

for (let board = 0; board < boards; board += 1) {
	const known = new Set<string>();
	let text = "";
	get(new URL("/api/board/events", origin), { agent }, (stream) => {
		stream.setEncoding("utf8").on("data", (part: string) => {
			const at = performance.timeOrigin + performance.now();
			text += part;
			const end = text.lastIndexOf("\n\n");
			if (end < 0) return;
			const messages = text.slice(0, end);
			text = text.slice(end + 2);
			if (known.size === 0 && open < boards) {
				open += 1;
				if (open === boards) parentPort?.postMessage("ready");
			}
			for (const [, data] of messages.matchAll(/^data: (.*)$/gm)) show(known, JSON.parse(data ?? ""), at);
		});
	});
}

function show(known: Set<string>, snapshot: { calls?: { number: string }[] }, at: number): void {
	for (const { number } of snapshot.calls ?? []) {
		if (known.has(number)) continue;
		known.add(number);
		const times = shown.get(number) ?? [];
		shown.set(number, [...times, at]);
		if (times.length + 1 === boards) parentPort?.postMessage({ number, at: shown.get(number) });
	}
}
