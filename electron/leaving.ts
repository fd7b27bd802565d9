/** Longer than a station needs to close, shorter than the two seconds that a supervisor is promised. */
const CLOSING_LIMIT = 1_500;

/** The one way out: close what is open, within the limit, then end the program. Asked twice, it leaves once. */
export function makeLeave(parts: { close: () => Promise<void>; exit: (code: number) => void }): () => void {
	let leaving = false;
	return () => {
		if (leaving) return;
		leaving = true;
		const limit = setTimeout(() => parts.exit(1), CLOSING_LIMIT);
		const end = (code: number) => {
			clearTimeout(limit);
			parts.exit(code);
		};
		parts.close().then(
			() => end(0),
			() => end(1),
		);
	};
}
