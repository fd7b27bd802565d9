import type { CounterNumber, StaffId, TopicId } from "../model/ids.ts";
import type { Language } from "../model/language.ts";
import { TICKET_CLASSES, TICKET_OUTCOMES } from "../model/ticket.ts";
import { LEG_ENDS, type Leg } from "./leg.ts";

/*
 * The legs of a service day as numbers, a row each, column after column: a year of them is read and summed up in some dozens of
 * milliseconds. What they were packed from, the interval log, stays; so a packed day can be made again at will.
 */

/** The columns of a row. A new one goes to the end, and raises PACKED_FORMAT. */
export const COLUMN = {
	topic: 0,
	language: 1,
	class: 2,
	isArrival: 3,
	fromMinute: 4,
	end: 5,
	wasCalled: 6,
	waitSeconds: 7,
	serviceSeconds: 8,
	calledMinute: 9,
	freeMinute: 10,
	counter: 11,
	staff: 12,
	outcome: 13,
	rating: 14,
	toldMinMinutes: 15,
	toldMaxMinutes: 16,
} as const;
export const COLUMNS = Object.keys(COLUMN).length;
export const PACKED_FORMAT = 1;

/** Stands for null: no column has negative numbers, and a minute of the day is at least -1,439. */
export const NONE = -10_000;

export interface PackedDay {
	serviceDay: string;
	/** What the rows' topics, languages, counters and staff are called, by their numbers. */
	names: readonly string[];
	/** All rows of the first column, then all of the second, and so on. */
	cells: Int32Array;
}

export function packDay(serviceDay: string, legs: readonly Leg[]): PackedDay {
	const names = new Map<string, number>();
	const nameOf = (name: string | null): number => {
		if (name === null) return NONE;
		const known = names.get(name);
		if (known !== undefined) return known;
		names.set(name, names.size);
		return names.size - 1;
	};
	const cells = new Int32Array(legs.length * COLUMNS);
	legs.forEach((leg, row) => {
		const values = [
			nameOf(leg.topic),
			nameOf(leg.language),
			TICKET_CLASSES.indexOf(leg.class),
			Number(leg.isArrival),
			leg.fromMinute,
			LEG_ENDS.indexOf(leg.end),
			Number(leg.wasCalled),
			secondsOf(leg.waitMs),
			secondsOf(leg.serviceMs),
			leg.calledMinute ?? NONE,
			leg.freeMinute ?? NONE,
			nameOf(leg.counter),
			nameOf(leg.staff),
			leg.outcome === null ? NONE : TICKET_OUTCOMES.indexOf(leg.outcome),
			leg.rating ?? NONE,
			leg.told?.minMinutes ?? NONE,
			leg.told?.maxMinutes ?? NONE,
		];
		values.forEach((value, column) => {
			cells[column * legs.length + row] = value;
		});
	});
	return { serviceDay, names: [...names.keys()], cells };
}

/** What was packed; lengths to the second. */
export function unpackDay({ names, cells }: PackedDay): Leg[] {
	const count = cells.length / COLUMNS;
	return Array.from({ length: count }, (_, row): Leg => {
		const at = (column: number) => {
			const value = cells[column * count + row] ?? NONE;
			return value === NONE ? null : value;
		};
		const name = (column: number) => names[at(column) ?? NONE] ?? null;
		const [min, max] = [at(COLUMN.toldMinMinutes), at(COLUMN.toldMaxMinutes)];
		const ms = (column: number) => {
			const seconds = at(column);
			return seconds === null ? null : seconds * 1_000;
		};
		return {
			// What is unpacked was packed from these types.
			topic: name(COLUMN.topic) as TopicId,
			language: name(COLUMN.language) as Language | null,
			class: TICKET_CLASSES[at(COLUMN.class) ?? 0] ?? "ordinary",
			isArrival: at(COLUMN.isArrival) === 1,
			fromMinute: at(COLUMN.fromMinute) ?? 0,
			end: LEG_ENDS[at(COLUMN.end) ?? 0] ?? "open",
			wasCalled: at(COLUMN.wasCalled) === 1,
			waitMs: ms(COLUMN.waitSeconds),
			serviceMs: ms(COLUMN.serviceSeconds),
			calledMinute: at(COLUMN.calledMinute),
			freeMinute: at(COLUMN.freeMinute),
			counter: name(COLUMN.counter) as CounterNumber | null,
			staff: name(COLUMN.staff) as StaffId | null,
			outcome: TICKET_OUTCOMES[at(COLUMN.outcome) ?? NONE] ?? null,
			rating: at(COLUMN.rating),
			told: min === null || max === null ? null : { minMinutes: min, maxMinutes: max },
		};
	});
}

function secondsOf(ms: number | null): number {
	return ms === null ? NONE : Math.round(ms / 1_000);
}
