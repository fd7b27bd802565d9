import { Worker } from "node:worker_threads";

/** Boards that watch a station, in a thread of their own, so that reading fifty streams does not delay the measurement. */
export interface BoardWatchers {
	/** Milliseconds on a clock that both threads share. */
	now(): number;
	/** When each board first showed the number. */
	seen(number: string): Promise<number[]>;
	close(): Promise<void>;
}

export async function openBoardWatchers(origin: URL, boards: number): Promise<BoardWatchers> {
	const worker = new Worker(new URL("./board-watcher.ts", import.meta.url), {
		workerData: { origin: origin.href, boards },
	});
	const waiting = new Map<string, (at: number[]) => void>();
	const early = new Map<string, number[]>();
	await new Promise<void>((resolve, reject) => {
		worker.once("error", reject);
		worker.on("message", (message: "ready" | { number: string; at: number[] }) => {
			if (message === "ready") return resolve();
			const deliver = waiting.get(message.number);
			if (deliver) deliver(message.at);
			else early.set(message.number, message.at);
			waiting.delete(message.number);
		});
	});
	return {
		now: () => performance.timeOrigin + performance.now(),
		seen: (number) =>
			new Promise((resolve) => {
				const at = early.get(number);
				if (at) resolve(at);
				else waiting.set(number, resolve);
			}),
		async close() {
			await worker.terminate();
		},
	};
}
