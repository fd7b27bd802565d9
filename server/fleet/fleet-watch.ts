import { changesBetween, type SharedSnapshot } from "../../protocol/api/fleet-changes.ts";

/** What one who follows is to be told. */
export type Told =
	| { kind: "whole"; picture: SharedSnapshot }
	/** A FleetMessage as JSON, the same text for all. */
	| { kind: "changes"; text: string }
	| { kind: "nothing" };

export interface FleetWatch {
	/** The picture as it is, and then what changes in it, until the signal. Throws where the database does not answer. */
	follow(signal: AbortSignal): AsyncGenerator<Told, void, undefined>;
	/** Something was done: looks at once. */
	refresh(): void;
}

export interface WatchDeps {
	/** `last` is what was seen before, of which what has not changed may be taken. */
	snapshot(last: SharedSnapshot | undefined): Promise<SharedSnapshot>;
	/** Milliseconds between two looks. */
	every: number;
}

/** A look may take this part of an instance's time; where it takes long, looks are rarer. */
const SHARE = 1 / 10;
/** Who is further behind than this is told the whole anew. */
const KEPT = 30;

type Looked = { kind: "seen" } | { kind: "failed"; error: unknown };

/**
 * Looks at the fleet for all who follow at this instance, as long as anybody does. What it keeps is the last look,
 * to tell what has changed since: a cache, no state.
 */
export function openFleetWatch({ snapshot, every }: WatchDeps): FleetWatch {
	let followers = 0;
	let latest: { turn: number; picture: SharedSnapshot } | undefined;
	/** What changed with each of the last turns. */
	let recent: { turn: number; text: string | undefined }[] = [];
	let next = promise<Looked>();
	let running = false;
	let stirred = promise<void>();

	const lookOnce = async (): Promise<Looked> => {
		try {
			const picture = await snapshot(latest?.picture);
			const turn = (latest?.turn ?? 0) + 1;
			const changes = latest && changesBetween(latest.picture, picture);
			const text = changes && JSON.stringify({ kind: "changes", changes });
			recent = [...recent, { turn, text }].slice(-KEPT);
			latest = { turn, picture };
			return { kind: "seen" };
		} catch (error) {
			return { kind: "failed", error };
		}
	};
	const run = async () => {
		running = true;
		while (followers > 0) {
			stirred = promise();
			const began = performance.now();
			const looked = await lookOnce();
			const told = next;
			next = promise();
			told.resolve(looked);
			await rest(Math.max(every, (performance.now() - began) / SHARE), stirred.reached);
		}
		running = false;
		latest = undefined;
		recent = [];
	};
	const toldSince = (turn: number | undefined): Told[] => {
		if (!latest) return [];
		if (turn === undefined) return [{ kind: "whole", picture: latest.picture }];
		if (latest.turn === turn) return [{ kind: "nothing" }];
		const missed = recent.filter((one) => one.turn > turn);
		if (missed.length < latest.turn - turn) return [{ kind: "whole", picture: latest.picture }];
		return missed.map(({ text }) => (text === undefined ? { kind: "nothing" } : { kind: "changes", text }));
	};

	return {
		async *follow(signal) {
			followers += 1;
			const ended = new Promise<"ended">((resolve) =>
				signal.addEventListener("abort", () => resolve("ended"), { once: true }),
			);
			try {
				if (!running) void run();
				let turn: number | undefined;
				while (!signal.aborted) {
					// Taken before anything is told: what is seen meanwhile is told next.
					const coming = next.reached;
					const told = toldSince(turn);
					turn = latest?.turn;
					yield* told;
					const looked = await Promise.race([coming, ended]);
					if (looked === "ended") return;
					if (looked.kind === "failed") throw looked.error;
				}
			} finally {
				followers -= 1;
				if (followers === 0) stirred.resolve();
			}
		},
		refresh: () => stirred.resolve(),
	};
}

interface Awaited<T> {
	reached: Promise<T>;
	resolve(value: T): void;
}

/** Promise.withResolvers, which Node 20 lacks. */
function promise<T>(): Awaited<T> {
	let resolve: (value: T) => void = () => {};
	const reached = new Promise<T>((done) => {
		resolve = done;
	});
	return { reached, resolve };
}

async function rest(milliseconds: number, sooner: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const over = new Promise<void>((done) => {
		timer = setTimeout(done, milliseconds);
	});
	await Promise.race([over, sooner]);
	clearTimeout(timer);
}
