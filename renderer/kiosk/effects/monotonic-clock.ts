/**
 * The time of the kiosk's events, in milliseconds since the page began. It only ever goes on, whatever is done to the
 * machine's clock: after a jump back, taps would else be too early for hours.
 */
export function now(): number {
	return performance.now();
}
