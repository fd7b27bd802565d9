import type { PlotOptions } from "@observablehq/plot";
import { TARGET_SHARE } from "../../../protocol/statistics/limits.ts";
import type { Statistics } from "../../../protocol/statistics/statistics.ts";
import type { Format } from "./format.ts";

/** Observable Plot, which is loaded with the first picture. */
export type Plot = typeof import("@observablehq/plot");
export type Draw = (plot: Plot) => PlotOptions;

const MAIN = "var(--jade)";
const PALE = "var(--jade-pale)";
const ALERT = "var(--plot-alert)";
const MINUTE = 60_000;
const SIZE = { width: 560, height: 230, marginLeft: 44, marginBottom: 28, marginTop: 12 } as const;

/** Half wait longer than the bar, one in ten longer than the pale one behind it. */
export function drawWaits({ hours }: Statistics, format: Format): Draw {
	const rows = hours.flatMap(({ hour, wait }) =>
		wait ? [{ hour: format.clock(hour * 60), median: wait.medianMs / MINUTE, late: wait.p90Ms / MINUTE }] : [],
	);
	return (plot) => ({
		...SIZE,
		x: { label: null, type: "band" },
		// Where nobody waited a minute, the axis still has one: no bar fills the plot with nothing.
		y: { label: null, grid: true, nice: true, domain: [0, Math.max(1, ...rows.map(({ late }) => late))] },
		marks: [
			plot.barY(rows, { x: "hour", y: "late", fill: PALE, insetLeft: 6, insetRight: 6 }),
			plot.barY(rows, { x: "hour", y: "median", fill: MAIN, insetLeft: 6, insetRight: 6 }),
			plot.ruleY([0]),
		],
	});
}

/** Counters that worked as bars, those that the visitors need as a line. */
export function drawStaffing({ quarters }: Statistics, format: Format): Draw {
	const rows = quarters.map((one) => ({ ...one, at: one.fromMinute / 60, to: (one.fromMinute + 15) / 60 }));
	const needed = rows.filter(({ countersNeeded }) => countersNeeded !== null);
	return (plot) => ({
		...SIZE,
		x: { label: null, tickFormat: (hour: number) => format.clock(hour * 60), ticks: 8 },
		y: { label: null, grid: true, nice: true, zero: true },
		marks: [
			plot.rectY(rows, { x1: "at", x2: "to", y: "countersAtWork", fill: PALE, insetLeft: 0.5, insetRight: 0.5 }),
			plot.lineY(needed, { x: "at", y: "countersNeeded", curve: "step-after", stroke: ALERT, strokeWidth: 2.5 }),
			plot.ruleY([0]),
		],
	});
}

/** A share of each day, against the share that is aimed at. */
export function drawShares(rows: readonly { serviceDay: string; share: number }[], format: Format): Draw {
	const dated = rows.map(({ serviceDay, share }) => ({ at: new Date(`${serviceDay}T00:00Z`), share: 100 * share }));
	const day = (at: Date) => format.shortDay(at.toISOString().slice(0, 10));
	return (plot) => ({
		...SIZE,
		x: { type: "utc", label: null, ticks: Math.min(6, dated.length), tickFormat: day },
		y: { label: null, domain: [0, 100], grid: true, tickFormat: (percent: number) => format.percent(percent / 100) },
		marks: [
			plot.ruleY([100 * TARGET_SHARE], { stroke: ALERT, strokeDasharray: "4 4" }),
			plot.lineY(dated, { x: "at", y: "share", stroke: MAIN, strokeWidth: 2 }),
			...(dated.length > 45 ? [] : [plot.dot(dated, { x: "at", y: "share", fill: MAIN, r: 3.5 })]),
			plot.ruleY([0]),
		],
	});
}

export interface NamedValue {
	name: string;
	value: number;
}

interface Bars {
	most: number;
	/** Where the bars begin, in picture units: names stand before it. */
	marginLeft: number;
	/** In characters, so that a name fits before its bar. */
	longestName: number;
}

const FEW_BARS: Bars = { most: 8, marginLeft: 190, longestName: 26 };
/** One for each counter of the largest site. */
export const COUNTER_BARS: Bars = { ...FEW_BARS, most: 20 };
/** With room for the names of sites. */
export const MANY_BARS: Bars = { most: 12, marginLeft: 240, longestName: 60 };

/** Bars to the side, the first rows only, with their names before them and their values after. Null for no rows. */
export function drawNamed(
	named: readonly NamedValue[],
	write: (value: number) => string,
	{ most: mostBars, marginLeft, longestName }: Bars = FEW_BARS,
): Draw | null {
	if (named.length === 0) return null;
	const shorten = (name: string) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);
	const rows = named.slice(0, mostBars).map(({ name, value }) => ({ name: shorten(name), value }));
	const most = Math.max(...rows.map(({ value }) => value));
	return (plot) => ({
		width: SIZE.width,
		height: 12 + 26 * rows.length,
		marginLeft,
		marginRight: 70,
		marginTop: 6,
		marginBottom: 6,
		x: { axis: null, domain: [0, most || 1] },
		y: { label: null, domain: rows.map(({ name }) => name), tickSize: 0 },
		marks: [
			plot.barX(rows, { x: "value", y: "name", fill: MAIN, insetTop: 3, insetBottom: 3 }),
			plot.text(rows, {
				x: "value",
				y: "name",
				text: (one: NamedValue) => write(one.value),
				textAnchor: "start",
				dx: 6,
			}),
		],
	});
}

/** A bar for each weekday. */
export function drawWeekdays(rows: readonly NamedValue[]): Draw {
	return (plot) => ({
		...SIZE,
		x: { label: null, domain: rows.map(({ name }) => name) },
		y: { label: null, grid: true, nice: true, zero: true },
		marks: [plot.barY(rows, { x: "name", y: "value", fill: MAIN, insetLeft: 8, insetRight: 8 }), plot.ruleY([0])],
	});
}
