/**
 * The variables under which a station that is started for a picture or a test has a clock of its own: it begins at
 * `from`, and stands still, or runs `rate` times as fast for its first `seconds` and then as clocks do.
 */
export function stationClock(from: Date, hurry?: { rate: number; seconds: number }): Record<string, string> {
	const passed =
		hurry === undefined
			? "0"
			: `Math.min(passed, ${hurry.seconds * 1_000}) * ${hurry.rate} + Math.max(0, passed - ${hurry.seconds * 1_000})`;
	const program = `const now = Date.now; const begun = now(); Date.now = () => { const passed = now() - begun; return Math.floor(${from.getTime()} + ${passed}); };`;
	return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}
