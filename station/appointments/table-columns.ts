import type { ListColumn } from "../../protocol/model/list-columns.ts";
import { type Place, quoted, type Remark, reason, remark, requireNoComplaint } from "./list-remark.ts";
import {
	type Doubt,
	doubtOf,
	foldHeading,
	HEADINGS,
	isUnread,
	type Meaning,
	TITLES,
	TYPED_CODES,
} from "./table-headings.ts";

/** Which of a table's columns is which, by names or by their place from 1. */
export type ColumnNames = Partial<Readonly<Record<ListColumn, string>>>;

export interface TableColumns {
	/** The index of each column that is read. */
	indexes: ReadonlyMap<Meaning, number>;
	names: readonly string[];
	/** The index of a column with the titles of meetings, whether or not they are topics. */
	title: number | undefined;
	/** Visitors have these codes in hand; else the column may hold ids that nobody types. */
	hasTypedCodes: boolean;
	/** The columns that are not read but may say that a booking is cancelled: none where somebody named the status. */
	doubtful: readonly { index: number; says: Doubt }[];
	/** Says which columns are not read. */
	notes: Remark[];
}

const REQUIRED = ["code", "time", "topic"] as const satisfies readonly ListColumn[];
const MEANINGS = Object.keys(HEADINGS) as readonly Meaning[];

/**
 * Finds what a table's columns are: those that `named` names, then those under our headings or other systems' (see
 * HEADINGS). Where nobody named any, a column that is not known refuses the table: it might say that a booking is
 * cancelled. Throws ListRefused, which names the columns that there are.
 */
export function findColumns(
	{ line, cells, delimiter }: { line: number; cells: readonly string[]; delimiter: string },
	named: ColumnNames = {},
	/** `hasTopic`: the list was given a topic, so it need not have a column for it. */
	{ hasTopic = false }: { hasTopic?: boolean } = {},
): TableColumns {
	const names = cells.map((name) => name.trim());
	const folded = names.map(foldHeading);
	const complaints: Remark[] = [];
	const place: Place = { line };
	const open = MEANINGS.filter((meaning) => !(meaning in named));
	const found = byHeading(open, { folded, place, complaints, names });
	for (const [field, name] of Object.entries(named) as [ListColumn, string][]) {
		const index = indexOfNamed(name, names, folded);
		if (index === undefined)
			complaints.push(remark(place, reason("column-not-there", { name: quoted(name), field, found: listed(names) })));
		else found.set(field, index);
	}
	// A column that somebody named is nothing else beside, whatever its heading says.
	const taken = new Set(MEANINGS.filter((meaning) => meaning in named).map((meaning) => found.get(meaning)));
	for (const meaning of open) if (taken.has(found.get(meaning))) found.delete(meaning);
	const missing = REQUIRED.filter((field) => !found.has(field) && !(field === "topic" && hasTopic));
	if (missing.length > 0) {
		const data = {
			missing: missing.join(", "),
			found: listed(names),
			delimiter: DELIMITER_NAMES[delimiter] ?? delimiter,
		};
		complaints.unshift(remark(place, reason("columns-missing", data)));
	}
	const hasStatus = found.has("status") || found.has("canceled");
	const isNamed = Object.keys(named).length > 0;
	const read = new Set(found.values());
	const unread = folded.flatMap((name, index) => (read.has(index) || name === "" ? [] : [index]));
	if (!isNamed && missing.length === 0) complaints.push(...strangersIn(unread, { folded, names, line, hasStatus }));
	requireNoComplaint(complaints, { columns: { names, indexes: found } });
	const code = folded[found.get("code") ?? -1] ?? "";
	const left = unread.map((index) => names[index] ?? "");
	const title = folded.findIndex((name) => TITLES.includes(name));
	return {
		title: title === -1 ? undefined : title,
		doubtful:
			"status" in named || "canceled" in named
				? []
				: unread.flatMap((index) =>
						index === title ? [] : [{ index, says: doubtOf(folded[index] ?? "", { hasStatus }) }],
					),
		...{ indexes: found, names, hasTypedCodes: TYPED_CODES.includes(code) },
		notes: left.length === 0 ? [] : [remark(place, reason("columns-not-read", { names: listed(left) }))],
	};
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = { "\t": "tab" };

/** A column's own heading, for messages. */
export const headingOf = ({ indexes, names }: TableColumns, meaning: Meaning): string =>
	names[indexes.get(meaning) ?? -1] ?? meaning;

/** Those meanings that nobody named, by their headings; of several columns that may be the same, none is taken. */
function byHeading(
	meanings: readonly Meaning[],
	{ folded, place, complaints, names }: HeadingContext,
): Map<Meaning, number> {
	const found = new Map<Meaning, number>();
	for (const meaning of meanings) {
		const matches = HEADINGS[meaning]
			.map((group) => folded.flatMap((name, index) => (group.includes(name) ? [index] : [])))
			.find((indexes) => indexes.length > 0);
		const [index, other] = matches ?? [];
		if (index === undefined) continue;
		if (other === undefined) found.set(meaning, index);
		else if (
			meaning === "time" &&
			other === index + 1 &&
			folded[index] === folded[other] &&
			matches?.length === 2 &&
			!found.has("date")
		) {
			// Outlook in French heads both the day and the time of day with "Début". Under two names, the first may be when it was booked.
			found.set("date", index);
			found.set("time", other);
		} else complaints.push(ambiguous(meaning, [index, other], { place, names, folded }));
	}
	return found;
}

interface HeadingContext {
	folded: readonly string[];
	place: Place;
	complaints: Remark[];
	names: readonly string[];
}

function ambiguous(
	meaning: Meaning,
	[index, other]: readonly [number, number],
	{ place, names, folded }: { place: Place; names: readonly string[]; folded: readonly string[] },
): Remark {
	const [first, second] = [names[index] ?? "", names[other] ?? ""];
	return folded[index] === folded[other]
		? remark({ ...place, column: other + 1 }, reason("column-twice", { name: quoted(second) }))
		: remark(place, reason("column-shared", { first: quoted(first), second: quoted(second), field: meaning }));
}

function strangersIn(unread: readonly number[], { folded, names, line, hasStatus }: StrangersContext): Remark[] {
	return unread.flatMap((index) => {
		const name = folded[index] ?? "";
		const isHeading = MEANINGS.some((meaning) => HEADINGS[meaning].some((group) => group.includes(name)));
		if (isHeading || isUnread(name, { hasStatus })) return [];
		return [remark({ line, column: index + 1 }, reason("column-unknown", { name: quoted(names[index] ?? "") }))];
	});
}

interface StrangersContext {
	folded: readonly string[];
	names: readonly string[];
	line: number;
	hasStatus: boolean;
}

/** A column's name as it is written, else in any case and spacing, else its place from 1. */
function indexOfNamed(name: string, names: readonly string[], folded: readonly string[]): number | undefined {
	const exact = names.indexOf(name.trim());
	if (exact !== -1) return exact;
	const alike = folded.indexOf(foldHeading(name));
	if (alike !== -1 && foldHeading(name) !== "") return alike;
	const place = /^\d+$/.test(name) ? Number(name) : 0;
	return place >= 1 && place <= names.length ? place - 1 : undefined;
}

const listed = (names: readonly string[]) =>
	names
		.filter((name) => name !== "")
		.map(quoted)
		.join(", ");
