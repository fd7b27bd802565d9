/** The known name that a mistyped one is closest to; undefined where none is close. */
function nearest(typed: string, known: readonly string[]): string | undefined {
	const ranked = known
		.map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
		.filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, typed.length) * 0.4)))
		.toSorted((one, other) => one.distance - other.distance);
	return ranked[0]?.name;
}

/** Letters added, removed, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			current.push(
				Math.min(
					(last[column] ?? 0) + 1,
					(current[column - 1] ?? 0) + 1,
					(last[column - 1] ?? 0) + (isSame ? 0 : 1),
					isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
				),
			);
		}
		beforeLast = last;
		last = current;
	}
	return last[to.length] ?? 0;
}

/** " Did you mean X?", or nothing where no known name is close. */
export function didYouMean(typed: string, known: readonly string[], quote = (name: string) => `"${name}"`): string {
	const name = nearest(typed, known);
	return name === undefined ? "" : ` Did you mean ${quote(name)}?`;
}
