/**
 * The time of the kiosk's events, in milliseconds since the page was opened. It only moves forward: with the system
 * clock, a jump back would make the kiosk ignore taps for hours.
 */
export function now(): number {
	return performance.now();
}
