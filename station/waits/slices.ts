/** Work that may be interrupted after each slice. */
export type Slices<T> = Generator<void, T, void>;

/** Does all of it now. */
export function finish<T>(slices: Slices<T>): T {
	for (;;) {
		const { done, value } = slices.next();
		if (done) return value;
	}
}

/** Does a slice at a time, whatever else is to be done in between. Returns a function that stops it. */
export function finishInBetween<T>(slices: Slices<T>, then: (result: T) => void): () => void {
	const work = () => {
		const { done, value } = slices.next();
		if (done) then(value);
		else next = setImmediate(work);
	};
	let next = setImmediate(work);
	return () => clearImmediate(next);
}
