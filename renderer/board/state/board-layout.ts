import type { Board, BoardCall } from "../../../protocol/api/board.ts";
import type { TopicNames } from "./board-state.ts";

/* What has room on the board. Sizes are in units of board.module.css: one is a pixel of a screen 1920 or 1080 wide. */

export type Orientation = "landscape" | "portrait";

/** As many as can still be read from a few metres. */
export const MAX_CALLS = 20;
/** Where more visitors are called: so many of the latest stay, the others take turns in the rest of the rows. */
const STAYING_CALLS = 10;
/** Long enough to find one's number and counter among ten. */
export const TURN_MS = 8_000;
/** From the next one on, two columns have larger numbers than one. */
const MAX_ROWS_LANDSCAPE = 8;
/** With more rows in one column, all are equally high, and lower than their numbers could be. */
const MAX_HIGH_ROWS = 8;
/** How many times as high as the others the first row is, by the number of rows. */
const FIRST_ROW = new Map([
	[2, 1.25],
	[3, 1.33],
	[4, 1.6],
	[5, 1.6],
	[6, 1.5],
	[7, 1.3],
	[8, 1.3],
]);

/**
 * The calls in the order of their rows: visitors who still have to find their counter first, the latest call on top,
 * then those who are being served. At most MAX_CALLS; a call that has been answered makes room first. Where more wait
 * for their visitors, each of them is shown within a few turns.
 */
export function callsToShow(calls: readonly BoardCall[], turn: number): BoardCall[] {
	const latestFirst = calls.toSorted((one, other) => other.calledAt - one.calledAt);
	const called = latestFirst.filter((call) => call.state === "called");
	const serving = latestFirst.filter((call) => call.state === "serving");
	if (called.length <= MAX_CALLS) return [...called, ...serving].slice(0, MAX_CALLS);
	const others = called.slice(STAYING_CALLS);
	const room = MAX_CALLS - STAYING_CALLS;
	const first = (turn * room) % others.length;
	return [...called.slice(0, STAYING_CALLS), ...[...others, ...others].slice(first, first + room)];
}

export interface CallLayout {
	columns: 1 | 2;
	/** True where the rows of one column are so low that their height limits the numbers. */
	hasLowRows: boolean;
	/** The value of grid-template-rows. */
	rows: string;
}

/** How `count` cells share the screen. */
export function layoutOf(count: number, orientation: Orientation): CallLayout {
	const row = "minmax(0, 1fr)";
	if (orientation === "landscape" && count > MAX_ROWS_LANDSCAPE)
		return { columns: 2, hasLowRows: false, rows: `repeat(${Math.ceil(count / 2)}, ${row})` };
	const first = FIRST_ROW.get(count);
	return {
		columns: 1,
		hasLowRows: count > MAX_HIGH_ROWS,
		rows: first === undefined ? `repeat(${count}, ${row})` : `minmax(0, ${first}fr) repeat(${count - 1}, ${row})`,
	};
}

export interface WaitingTopic {
	topic: string;
	numbers: string[];
}

/** The waiting numbers' column below its title. */
const COLUMN_HEIGHT = 596;
/** The same as a band at the foot of a portrait screen. */
const BAND_HEIGHT = 372;
const NOTICE_HEIGHT = 88;
/** What a wait of hours takes more than one of minutes: a second line in both languages. */
const WAIT_OF_HOURS_HEIGHT = 72;
const HEADING_HEIGHT = 96;
const HEADING_LINE_HEIGHT = 34;
/** So much of a name surely fits on a line. */
const LINE_CHARACTERS = { chinese: 10, english: 18 };
const ROW_HEIGHT = 52;
const NUMBERS_PER_ROW = 2;
/** Of missed numbers, in the column and in the band. */
const MAX_MISSED = { landscape: 4, portrait: 10 };

export interface SideLayout {
	/** Waiting numbers in their columns: a portrait screen has a second one where no number was missed. */
	columns: WaitingTopic[][];
	missed: readonly string[];
}

/** Which waiting and missed numbers have room beside the calls, or below them on a portrait screen. */
export function sideOf(
	board: Pick<Board, "waiting" | "missed">,
	names: ReadonlyMap<string, TopicNames>,
	room: { orientation: Orientation; hasNotice: boolean; isWaitOfHours: boolean },
): SideLayout {
	const missed = board.missed.slice(0, MAX_MISSED[room.orientation]);
	if (room.orientation === "portrait") {
		const first = waitingByTopic(board.waiting, BAND_HEIGHT, names);
		if (missed.length > 0) return { columns: [first], missed };
		const second = waitingByTopic(board.waiting.slice(countNumbers(first)), BAND_HEIGHT, names);
		return { columns: [first, second], missed };
	}
	const missedHeight =
		missed.length === 0 ? 0 : HEADING_HEIGHT + Math.ceil(missed.length / NUMBERS_PER_ROW) * ROW_HEIGHT;
	const height =
		COLUMN_HEIGHT -
		(room.hasNotice ? NOTICE_HEIGHT : 0) -
		(room.isWaitOfHours ? WAIT_OF_HOURS_HEIGHT : 0) -
		missedHeight;
	return { columns: [waitingByTopic(board.waiting, height, names)], missed };
}

export function countNumbers(topics: readonly WaitingTopic[]): number {
	return topics.reduce((sum, { numbers }) => sum + numbers.length, 0);
}

/**
 * The next waiting numbers, grouped by topic. Topics and numbers are in queue order. The list ends at the first number
 * that has no room in `height`, so that no number is skipped. A long name in `names` takes a second line.
 */
export function waitingByTopic(
	waiting: Board["waiting"],
	height: number,
	names: ReadonlyMap<string, TopicNames>,
): WaitingTopic[] {
	const topics = new Map<string, string[]>();
	let room = height;
	for (const { topic, number } of waiting) {
		const numbers = topics.get(topic) ?? [];
		room -=
			(numbers.length === 0 ? headingHeight(names.get(topic)) : 0) +
			(numbers.length % NUMBERS_PER_ROW === 0 ? ROW_HEIGHT : 0);
		if (room < 0) break;
		topics.set(topic, [...numbers, number]);
	}
	return [...topics].map(([topic, numbers]) => ({ topic, numbers }));
}

function headingHeight(names: TopicNames | undefined): number {
	const secondLines =
		Number((names?.chinese.length ?? 0) > LINE_CHARACTERS.chinese) +
		Number((names?.english.length ?? 0) > LINE_CHARACTERS.english);
	return HEADING_HEIGHT + secondLines * HEADING_LINE_HEIGHT;
}
