import type { Wait } from "../../protocol/model/ticket.ts";
import type { RawEstimate } from "./calibration.ts";

const MINUTE = 60_000;
/** Steps in which people speak of waiting, in minutes: an hour and more is told in half hours. */
const SHORT_STEP = 5;
const LONG_STEP = 30;
const LONG = 90;

/**
 * The range as people use it. Each end goes to the nearest step, so that rounding makes a range neither wider nor
 * narrower on the average; both ends are different.
 */
export function roundWait({ lowMs, highMs }: Pick<RawEstimate, "lowMs" | "highMs">): Wait {
	const minMinutes = nearestStep(lowMs / MINUTE);
	const maxMinutes = nearestStep(highMs / MINUTE);
	return { minMinutes, maxMinutes: Math.max(maxMinutes, minMinutes + stepFor(minMinutes)) };
}

const stepFor = (minutes: number) => (minutes < 60 ? SHORT_STEP : minutes < LONG ? 15 : LONG_STEP);

function nearestStep(minutes: number): number {
	const step = stepFor(minutes);
	return Math.round(minutes / step) * step;
}
