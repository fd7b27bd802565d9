/** One line of what `npm run bench` prints. */
export interface Figure {
	figure: string;
	value: number;
	unit: string;
	/** What docs and issues promise; undefined where a figure only informs. */
	goal?: Goal;
	/** The limit or the peer, measured in the same run: on a noisy machine only the ratio holds. */
	beside?: Record<string, number | string>;
}

export type Goal = { atMost: number } | { atLeast: number } | { between: readonly [number, number] };

export function writeFigure({ figure, value, unit, goal, beside }: Figure): void {
	const holds = goal === undefined ? null : meets(value, goal);
	const line = {
		figure,
		value: round(value),
		unit,
		goal: goal ?? null,
		holds,
		beside: beside
			? Object.fromEntries(
					Object.entries(beside).map(([name, one]) => [name, typeof one === "number" ? round(one) : one]),
				)
			: null,
	};
	process.stdout.write(`${JSON.stringify(line)}\n`);
}

function meets(value: number, goal: Goal): boolean {
	if ("between" in goal) return value >= goal.between[0] && value <= goal.between[1];
	return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** Three significant digits: more would be noise. */
function round(value: number): number {
	return Number(value.toPrecision(3));
}

/** The value below which a share of the samples lies: 0.5 is the median. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((one, other) => one - other);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
	if (value === undefined) throw new Error("There are no samples.");
	return value;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
