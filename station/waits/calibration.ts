/*
 * What the simulation cannot know (a break that begins later, a colleague who comes) shows in the record of earlier
 * estimates. Each visit that was called gives a score: by how many half-widths the real wait lay off the middle. The
 * 10th and 90th percentile of those scores say how far a range must reach to hold eight of ten visits. This is conformal
 * prediction: it assumes nothing of the simulation but that its errors today are like those of the last weeks.
 */

/** As the simulation gives it, in milliseconds. */
export interface RawEstimate {
	lowMs: number;
	middleMs: number;
	highMs: number;
}

/** The score at the 10th, 50th and 90th percentile. */
export interface Reach {
	low: number;
	middle: number;
	high: number;
}

/** One for each kind of wait: nobody before, a short wait, a long one. Their errors differ. */
export type Calibration = readonly Reach[];

const UNCALIBRATED: Reach = { low: -1, middle: 0, high: 1 };

/** A visit that was called: how long the wait was to be, and how far the real one lay off. */
export interface Score {
	kind: number;
	score: number;
}

/** The share of visitors that a range is to hold: eight of ten, and a little more, since the record is always of days before. */
const COVER = 0.81;
/** Below it a range says nothing: people do not plan by seconds. */
const NARROWEST_HALF_WIDTH_MS = 45_000;
/** Scores as if seen before the first visits: a range is believed until its own record says otherwise. */
const PRIOR_SCORES = 10;
/** After so many days a day counts half. */
const HALF_LIFE_DAYS = 15;
/** From these minutes on a wait is of the next kind. */
const KINDS_FROM_MS = [0, 2 * 60_000, 20 * 60_000] as const;

const halfWidth = ({ lowMs, highMs }: RawEstimate) => Math.max((highMs - lowMs) / 2, NARROWEST_HALF_WIDTH_MS);
const kindOf = ({ middleMs }: RawEstimate) => KINDS_FROM_MS.filter((from) => middleMs >= from).length - 1;

export function scoreOf(estimate: RawEstimate, realMs: number): Score {
	return { kind: kindOf(estimate), score: (realMs - estimate.middleMs) / halfWidth(estimate) };
}

/** Learns from the scores of earlier days, youngest last. */
export function calibrate(days: readonly (readonly Score[])[]): Calibration {
	return KINDS_FROM_MS.map((_, kind) =>
		reachOf(days.map((scores) => scores.flatMap((one) => (one.kind === kind ? one.score : [])))),
	);
}

function reachOf(days: readonly (readonly number[])[]): Reach {
	const weighted = days.flatMap((scores, index) => {
		const weight = 0.5 ** ((days.length - 1 - index) / HALF_LIFE_DAYS);
		return scores.map((score) => ({ score, weight }));
	});
	if (weighted.length === 0) return UNCALIBRATED;
	// Evenly spaced scores of a range that is right as it is.
	for (let step = 0; step < PRIOR_SCORES; step += 1)
		weighted.push({ score: ((step + 0.5) / PRIOR_SCORES - 0.5) / 0.4, weight: 1 });
	weighted.sort((one, other) => one.score - other.score);
	const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
	const quantile = (share: number) => {
		let reached = 0;
		for (const { score, weight } of weighted) {
			reached += weight;
			if (reached >= share * total) return score;
		}
		return weighted.at(-1)?.score ?? 0;
	};
	const low = quantile((1 - COVER) / 2);
	// Where nobody can be called sooner, as at a free counter, none lie below: the range need not reach so high.
	const below = weighted.reduce((sum, { score, weight }) => sum + (score < low ? weight : 0), 0) / total;
	return { low, middle: quantile(0.5), high: quantile(below + COVER) };
}

export function applyCalibration(estimate: RawEstimate, calibration: Calibration): RawEstimate {
	const { low, middle, high } = calibration[kindOf(estimate)] ?? UNCALIBRATED;
	const half = halfWidth(estimate);
	const shifted = (score: number) => Math.max(0, estimate.middleMs + score * half);
	return { lowMs: shifted(low), middleMs: shifted(middle), highMs: shifted(high) };
}

/** The 10th, 50th and 90th percentile of simulated waits. */
export function summarize(samples: Float64Array): RawEstimate {
	const sorted = samples.toSorted();
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
	return { lowMs: at(0.1), middleMs: at(0.5), highMs: at(0.9) };
}
