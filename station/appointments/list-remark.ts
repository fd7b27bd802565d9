import { UserError } from "../../lib/errors.ts";
import { LIST_COLUMNS } from "../../protocol/model/list-columns.ts";
import type { ListColumns, ListRemark } from "../../protocol/model/visit.ts";
import english from "../../resources/languages/list-remarks/en.json" with { type: "json" };

type Word = keyof typeof english;
/** Codes for programs and for other languages; they never change their meaning. */
export type RemarkCode = Exclude<Word, `place${string}` | `field_${string}`>;

/** Why something is as it is: a code, and the values that its sentence needs. */
export interface Reason {
	code: RemarkCode;
	data: Readonly<Record<string, string | number>>;
}

/** A place in a list. `column` is a table's column or an event's property. */
export interface Place {
	line: number;
	event?: number | undefined;
	uid?: string | undefined;
	column?: string | number | undefined;
}

/** A place in a list, and what is said of it. `place` is null where it is said of the whole file. */
export interface Remark extends Reason {
	place: Place | null;
}

export const reason = (code: RemarkCode, data: Reason["data"] = {}): Reason => ({ code, data });

export const remark = (place: Place | null, { code, data }: Reason): Remark => ({ place, code, data });

/** What helps where the list was given on the command line; the screen asks instead. */
const ON_COMMAND_LINE: Partial<Record<RemarkCode, string>> = {
	"time-either-order": "Say --dates dmy or --dates mdy, or write 2026-11-30.",
	"time-no-date": 'Say it with --day 2026-11-30, or add a column "date".',
	"columns-missing": 'Say which is which with --column time="NAME".',
	"column-shared": "Say which with --column.",
	"column-unknown": "Take it out, or say which columns to read with --column.",
	"no-topic": "Say --topic ID where the whole list is of one topic, --calendar-topic ID where a polled calendar is.",
};

/** A reason in English, as one or two sentences. */
export const sentenceOf = ({ code, data }: Reason): string =>
	[say(code, data), ...(ON_COMMAND_LINE[code] === undefined ? [] : [ON_COMMAND_LINE[code]])].join(" ");

function say(word: Word, values: Reason["data"]): string {
	return english[word].replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name] ?? ""));
}

function placeText({ line, event, uid, column }: Place): string {
	if (event === undefined)
		return column === undefined ? say("placeLine", { line }) : say("placeColumn", { line, column });
	const place = uid ? say("placeEventUid", { line, event, uid }) : say("placeEvent", { line, event });
	return column === undefined ? place : say("placeProperty", { place, property: column });
}

/** A remark as the API and the command line give it: in English, and as a code with its values for other languages. */
export function describeRemark({ place, code, data }: Remark): ListRemark {
	return { place: place === null ? "" : placeText(place), what: sentenceOf({ code, data }), where: place, code, data };
}

const MAX_SHOWN = 5;

/** A table's columns by their headings, and the index of each that is known. */
interface FoundColumns {
	names: readonly string[];
	indexes: ReadonlyMap<string, number>;
}

/** Places are counted from 1, as people count. */
function describeColumns({ names, indexes }: FoundColumns): ListColumns {
	const found = LIST_COLUMNS.flatMap((column) => {
		const index = indexes.get(column);
		return index === undefined ? [] : [[column, index + 1]];
	});
	return { names: names.map(quoted), found: Object.fromEntries(found) };
}

/** A list that was refused whole. */
export class ListRefused extends UserError {
	/** The first of the reasons. */
	readonly reasons: readonly Remark[];
	/** How many reasons there are beside them. */
	readonly more: number;
	/** A date of a list whose days could be read either way: an order of day and month may be all that it lacks. */
	readonly eitherOrder: string | null;
	/** A table's columns, where it cannot be told which is which. */
	readonly columns: ListColumns | null;

	constructor(
		code: "APPOINTMENTS_INVALID" | "APPOINTMENTS_UNREADABLE",
		reasons: readonly Remark[],
		{ eitherOrder = null, columns = null, cause }: RefusedOptions = {},
	) {
		const shown = reasons.slice(0, MAX_SHOWN);
		const more = reasons.length - shown.length;
		const sentences = shown.map(describeRemark).map(({ place, what }) => (place === "" ? what : `${place}: ${what}`));
		super(code, ["Nothing was read.", ...sentences, ...(more > 0 ? [`And ${more} more.`] : [])].join(" "), { cause });
		this.reasons = shown;
		this.more = more;
		this.eitherOrder = eitherOrder;
		this.columns = columns && describeColumns(columns);
	}
}

interface RefusedOptions {
	eitherOrder?: string | null | undefined;
	columns?: FoundColumns | null | undefined;
	cause?: unknown;
}

/** Throws ListRefused where anything is wrong. */
export function requireNoComplaint(complaints: readonly Remark[], options: RefusedOptions = {}): void {
	if (complaints.length > 0) throw new ListRefused("APPOINTMENTS_INVALID", complaints, options);
}

const LONGEST_QUOTE = 40;

/** Nearly all that is shown: nothing to write out or to cut. */
const PLAIN = /^[ -~]{0,40}$/;

/** A piece of a list as it can be shown: cut, and with characters that nobody sees written out. */
export function quoted(text: string): string {
	if (PLAIN.test(text)) return text;
	const visible = text.replaceAll(
		/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
		(character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
	);
	return visible.length > LONGEST_QUOTE ? `${visible.slice(0, LONGEST_QUOTE)}…` : visible;
}
