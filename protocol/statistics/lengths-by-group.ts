import type { Groups } from "./leg-table.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { Lengths } from "./statistics.ts";

/*
 * Exact percentiles of many groups without putting anything in order: the values are counted in buckets, and the bucket
 * that has a percentile is counted again value by value (a radix selection). Both counts are small enough for a
 * processor's cache, and the rows are read one after the other.
 */

const BUCKET_BITS = 7;
const BUCKET = 1 << BUCKET_BITS;

/**
 * Of whole seconds from 0 on, or NONE: the lengths of each group, null where they are so few that each is somebody's.
 */
export function measureByGroup(seconds: Int32Array, groups: Groups): (Lengths | null)[] {
	const { of, count } = groups;
	const buckets = (greatest(seconds) >> BUCKET_BITS) + 1;
	const inBucket = new Int32Array(count * buckets);
	const sums = new Float64Array(count);
	for (let row = 0; row < seconds.length; row += 1) {
		const group = of[row] ?? NONE;
		const value = seconds[row] ?? NONE;
		if (group === NONE || value === NONE) continue;
		const bucket = group * buckets + (value >> BUCKET_BITS);
		inBucket[bucket] = (inBucket[bucket] ?? 0) + 1;
		sums[group] = (sums[group] ?? 0) + value;
	}
	const counts = new Int32Array(count);
	for (let place = 0; place < inBucket.length; place += 1) {
		const group = Math.floor(place / buckets);
		counts[group] = (counts[group] ?? 0) + (inBucket[place] ?? 0);
	}
	const median = findRanks({ inBucket, buckets, counts }, 0.5);
	const p90 = findRanks({ inBucket, buckets, counts }, 0.9);
	countWithin(seconds, groups, [median, p90]);
	return Array.from({ length: count }, (_, group) => {
		const own = counts[group] ?? 0;
		if (own < SMALLEST_GROUP) return null;
		const meanMs = ((sums[group] ?? 0) / own) * 1_000;
		return { count: own, meanMs, medianMs: 1_000 * valueAt(median, group), p90Ms: 1_000 * valueAt(p90, group) };
	});
}

/** Where each group's value of a rank is. */
interface Ranks {
	/** Its bucket, NONE for a group without values; and which it is in that bucket, the smallest being 1. */
	bucket: Int32Array;
	rank: Int32Array;
	/** How often each value of the bucket comes, a group's after another's. */
	ofValue: Int32Array;
}

interface Buckets {
	/** How many values are in each bucket, a group's after another's. */
	inBucket: Int32Array;
	buckets: number;
	counts: Int32Array;
}

/** By the nearest rank: the least value that the share of the values does not exceed. */
function findRanks({ inBucket, buckets, counts }: Buckets, share: number): Ranks {
	const [bucket, rank] = [new Int32Array(counts.length).fill(NONE), new Int32Array(counts.length)];
	for (const [group, count] of counts.entries()) {
		if (count === 0) continue;
		let [left, at] = [Math.max(1, Math.ceil(share * count)), 0];
		for (; left > (inBucket[group * buckets + at] ?? 0); at += 1) left -= inBucket[group * buckets + at] ?? 0;
		bucket[group] = at;
		rank[group] = left;
	}
	return { bucket, rank, ofValue: new Int32Array(counts.length * BUCKET) };
}

function countWithin(seconds: Int32Array, { of }: Groups, [one, other]: readonly [Ranks, Ranks]): void {
	for (let row = 0; row < seconds.length; row += 1) {
		const group = of[row] ?? NONE;
		const value = seconds[row] ?? NONE;
		if (group === NONE || value === NONE) continue;
		const bucket = value >> BUCKET_BITS;
		const place = group * BUCKET + (value & (BUCKET - 1));
		if (bucket === one.bucket[group]) one.ofValue[place] = (one.ofValue[place] ?? 0) + 1;
		if (bucket === other.bucket[group]) other.ofValue[place] = (other.ofValue[place] ?? 0) + 1;
	}
}

function valueAt({ bucket, rank, ofValue }: Ranks, group: number): number {
	let [left, within] = [rank[group] ?? 0, 0];
	for (; left > (ofValue[group * BUCKET + within] ?? 0); within += 1) left -= ofValue[group * BUCKET + within] ?? 0;
	return (bucket[group] ?? 0) * BUCKET + within;
}

function greatest(values: Int32Array): number {
	let most = 0;
	for (let row = 0; row < values.length; row += 1) most = Math.max(most, values[row] ?? 0);
	return most;
}
