import { changesBetween, type SharedSnapshot } from "../../protocol/api/fleet-changes.ts";

/** One update for a follower. */
export type FleetUpdate =
	| { kind: "whole"; snapshot: SharedSnapshot }
	/** A FleetMessage as JSON, the same text for all. */
	| { kind: "changes"; text: string }
	| { kind: "nothing" };

export interface FleetWatch {
	/** The whole snapshot, then its changes, until the signal. Throws where the database does not answer. */
	follow(signal: AbortSignal): AsyncGenerator<FleetUpdate, void, undefined>;
	/** Something was changed: reads a new snapshot at once. */
	refresh(): void;
}

export interface WatchDeps {
	/** Reads a snapshot; may reuse the unchanged parts of `last`. */
	readSnapshot(last: SharedSnapshot | undefined): Promise<SharedSnapshot>;
	/** Time between two snapshots. */
	intervalMs: number;
}

/** Reading may take this share of an instance's time: where it is slow, snapshots are rarer. */
const MAX_TIME_SHARE = 1 / 10;
/** A follower that missed more updates than this gets the whole snapshot again. */
const KEPT_UPDATES = 30;

type ReadResult = { kind: "read" } | { kind: "failed"; error: unknown };

/**
 * Reads snapshots of the fleet for all followers at this instance, as long as there are any. It keeps only the last
 * snapshot, to compute the changes: a cache, no state.
 */
export function openFleetWatch({ readSnapshot, intervalMs }: WatchDeps): FleetWatch {
	let followers = 0;
	let latest: { number: number; snapshot: SharedSnapshot } | undefined;
	/** The changes of each of the last updates. */
	let recent: { number: number; text: string | undefined }[] = [];
	let next = Promise.withResolvers<ReadResult>();
	let isRunning = false;
	let refreshRequested = Promise.withResolvers<void>();

	const readOnce = async (): Promise<ReadResult> => {
		try {
			const snapshot = await readSnapshot(latest?.snapshot);
			const number = (latest?.number ?? 0) + 1;
			const changes = latest && changesBetween(latest.snapshot, snapshot);
			const text = changes && JSON.stringify({ kind: "changes", changes });
			recent = [...recent, { number, text }].slice(-KEPT_UPDATES);
			latest = { number, snapshot };
			return { kind: "read" };
		} catch (error) {
			return { kind: "failed", error };
		}
	};
	const run = async () => {
		isRunning = true;
		while (followers > 0) {
			refreshRequested = Promise.withResolvers();
			const began = performance.now();
			const result = await readOnce();
			const current = next;
			next = Promise.withResolvers();
			current.resolve(result);
			await waitAtMost(Math.max(intervalMs, (performance.now() - began) / MAX_TIME_SHARE), refreshRequested.promise);
		}
		isRunning = false;
		latest = undefined;
		recent = [];
	};
	const updatesSince = (number: number | undefined): FleetUpdate[] => {
		if (!latest) return [];
		if (number === undefined) return [{ kind: "whole", snapshot: latest.snapshot }];
		if (latest.number === number) return [{ kind: "nothing" }];
		const missed = recent.filter((one) => one.number > number);
		if (missed.length < latest.number - number) return [{ kind: "whole", snapshot: latest.snapshot }];
		return missed.map(({ text }) => (text === undefined ? { kind: "nothing" } : { kind: "changes", text }));
	};

	return {
		async *follow(signal) {
			followers += 1;
			const ended = new Promise<"ended">((resolve) =>
				signal.addEventListener("abort", () => resolve("ended"), { once: true }),
			);
			try {
				if (!isRunning) void run();
				let number: number | undefined;
				while (!signal.aborted) {
					// Before the yield: what is read meanwhile comes with the next update.
					const coming = next.promise;
					const updates = updatesSince(number);
					number = latest?.number;
					yield* updates;
					const result = await Promise.race([coming, ended]);
					if (result === "ended") return;
					if (result.kind === "failed") throw result.error;
				}
			} finally {
				followers -= 1;
				if (followers === 0) refreshRequested.resolve();
			}
		},
		refresh: () => refreshRequested.resolve(),
	};
}

/** Returns after the time, or when `sooner` resolves. */
async function waitAtMost(timeMs: number, sooner: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const over = new Promise<void>((done) => {
		timer = setTimeout(done, timeMs);
	});
	await Promise.race([over, sooner]);
	clearTimeout(timer);
}
