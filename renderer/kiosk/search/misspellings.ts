const LEAST_LENGTH = 4;
const LONG = 8;

/** Whether two words differ by a usual misspelling: one letter wrong, missing, doubled or swapped; two in a long word. */
export function isNear(one: string, other: string): boolean {
	const length = Math.min(one.length, other.length);
	if (length < LEAST_LENGTH) return false;
	const most = length >= LONG ? 2 : 1;
	return Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
}

/** The share of the longer word that both begin with; 0 where that may be chance. "Despidieron" and "despido" share a stem. */
export function stemShareOf(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length += 1;
	const share = length / Math.max(one.length, other.length);
	return length >= LEAST_LENGTH && share >= 0.5 ? share : 0;
}

/** The edit distance, with a swap of neighbours as one edit (optimal string alignment). */
function distance(one: string, other: string): number {
	let before: number[] = [];
	let last = Array.from({ length: other.length + 1 }, (_, place) => place);
	for (let row = 1; row <= one.length; row++) {
		const next = [row];
		for (let column = 1; column <= other.length; column++) {
			const same = one[row - 1] === other[column - 1];
			const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			next[column] = Math.min(
				(last[column] ?? 0) + 1,
				(next[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (same ? 0 : 1),
				swapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			);
		}
		[before, last] = [last, next];
	}
	return last[other.length] ?? 0;
}
