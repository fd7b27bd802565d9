import type { TopicId } from "../../protocol/model/ids.ts";
import type { DayAction, DayState } from "../../station/simulation/play-day.ts";
import type { Reach } from "../../station/waits/calibration.ts";

const MINUTE = 60_000;
/** Days of its own record that a rule looks back on. */
export const RECORD_DAYS = 60;

/** The rules that are compared with ours; each is given what its own product knows. */
export const PEERS = [
	"queue x mean / open counters",
	"mean of the last 10 waits (Qless)",
	"sum of slots (ZMS)",
] as const;
export type Peer = (typeof PEERS)[number];

/** What the rules said to one visitor. */
export interface PeerEstimates {
	peers: Record<Peer, number>;
	former: { minMs: number; maxMs: number };
}

/** The rules of others, with what each of them learns. */
export class PeerRules {
	readonly #minutesOf: (topic: TopicId) => number;
	readonly #errors: Record<Peer, number[][]> = perPeer(() => [[]]);
	readonly #recentWaits = new Map<TopicId, number[]>();
	readonly #busySince = new Map<string, number>();
	#handling = { sum: 0, count: 0 };

	constructor(minutesOf: (topic: TopicId) => number) {
		this.#minutesOf = minutesOf;
	}

	estimate(topic: TopicId, { waiting, counters }: DayState): PeerEstimates {
		const open = Math.max(1, counters.filter(({ pausedSince }) => pausedSince === null).length);
		const mean = this.#handling.count < 30 ? 15 * MINUTE : this.#handling.sum / this.#handling.count;
		const last = this.#recentWaits.get(topic) ?? [];
		const slots = sum(waiting, (one) => Math.ceil(this.#minutesOf(one.topic) / 5) * 5);
		return {
			peers: {
				"queue x mean / open counters": (waiting.length * mean) / open,
				"mean of the last 10 waits (Qless)": sum(last, (one) => one) / Math.max(1, last.length),
				"sum of slots (ZMS)": (slots * MINUTE) / open,
			},
			former: formerRange(
				sum(waiting, (one) => this.#minutesOf(one.topic)),
				open,
			),
		};
	}

	observe(action: DayAction): void {
		if (action.kind === "call") this.#busySince.set(action.counter, action.at);
		if (action.kind !== "finish" && action.kind !== "no-show" && action.kind !== "transfer") return;
		const began = this.#busySince.get(action.counter);
		if (began === undefined) return;
		this.#handling = { sum: this.#handling.sum + action.at - began, count: this.#handling.count + 1 };
	}

	learnWait({ topic, peers }: PeerEstimates & { topic: TopicId }, realMs: number): void {
		for (const peer of PEERS) this.#errors[peer].at(-1)?.push(realMs - peers[peer]);
		this.#recentWaits.set(topic, [...(this.#recentWaits.get(topic) ?? []), realMs].slice(-10));
	}

	dayEnded(): void {
		for (const peer of PEERS) this.#errors[peer].push([]);
	}

	ranges(): Record<Peer, Reach> {
		return perPeer((peer) => calibrateAbsolute(this.#errors[peer].slice(-RECORD_DAYS)));
	}
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
	return values.reduce((all, value) => all + of(value), 0);
}

/** As the station did before it learned. */
function formerRange(minutesAhead: number, openCounters: number): { minMs: number; maxMs: number } {
	const middle = minutesAhead / openCounters;
	const step = (minutes: number) => (minutes < 60 ? 5 : 15);
	const [low, high] = [middle * 0.7, middle * 1.4];
	const minMinutes = Math.floor(low / step(low)) * step(low);
	const maxMinutes = Math.ceil(high / step(high)) * step(high);
	return { minMs: minMinutes * MINUTE, maxMs: Math.max(maxMinutes, minMinutes, 5) * MINUTE };
}

/** The plainest range that a rule of one figure can give: the same minutes below and above, as its own record needs. */
function calibrateAbsolute(days: readonly (readonly number[])[]): Reach {
	const errors = days.flat().toSorted((one, other) => one - other);
	const at = (share: number) => errors[Math.floor(share * errors.length)] ?? 0;
	return { low: at(0.1), middle: at(0.5), high: at(0.9) };
}

export function perPeer<T>(make: (peer: Peer) => T): Record<Peer, T> {
	return {
		"queue x mean / open counters": make("queue x mean / open counters"),
		"mean of the last 10 waits (Qless)": make("mean of the last 10 waits (Qless)"),
		"sum of slots (ZMS)": make("sum of slots (ZMS)"),
	};
}
