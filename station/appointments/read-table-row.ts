import { foldCode } from "../../lib/typed-code.ts";
import { type AppointmentDraft, isTypeable, type ListSite, nearestLanguage } from "./appointment.ts";
import { isCancelledTitle, readStatus, readYesOrNo } from "./booking-status.ts";
import { isLost, isMadeDate, withoutTextMark } from "./excel-traces.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";
import { madeCode } from "./made-code.ts";
import { isTimeOfDay, type ReadTime, readDayAndTime, readTime } from "./read-time.ts";
import { headingOf, type TableColumns } from "./table-columns.ts";
import type { Doubt, Meaning } from "./table-headings.ts";
import type { TableRow } from "./table-rows.ts";
import { fitsZone, zoneInHeading } from "./table-zone.ts";
import type { FoundTopic, ListTopics } from "./topic-names.ts";

export type ReadRow =
	| { kind: "complaint"; column: string | number; why: Reason; eitherOrder?: string | undefined }
	| { kind: "skipped"; why: Reason }
	| { kind: "cancelled"; source: string }
	| { kind: "booking"; draft: AppointmentDraft; isMadeCode: boolean; note: Reason | undefined };

interface RowContext {
	site: ListSite;
	topics: ListTopics;
}

type Cell = (meaning: Meaning) => string;

/** What a row says: a booking, a cancellation, none of them, or something that cannot be read for sure. */
export function readTableRow({ cells }: TableRow, columns: TableColumns, context: RowContext): ReadRow {
	const { indexes, names } = columns;
	const cell: Cell = (meaning) => withoutTextMark(cells[indexes.get(meaning) ?? -1]?.trim() ?? "");
	const complaint = (meaning: Meaning, why: Reason): ReadRow => ({
		kind: "complaint",
		column: headingOf(columns, meaning),
		why,
	});
	const stray = cells.findIndex((text, index) => text.trim() !== "" && (names[index] ?? "") === "");
	if (stray !== -1 && ![...indexes.values()].includes(stray))
		return { kind: "complaint", column: stray + 1, why: reason("column-none", { text: quoted(cells[stray] ?? "") }) };

	const isAllDay = readYesOrNo(cell("allDay"));
	if (isAllDay === undefined) return complaint("allDay", reason("status-unknown", { status: quoted(cell("allDay")) }));
	const status = statusOf(cell, cells[columns.title ?? -1] ?? "");
	if (status.kind === "unknown")
		return complaint(status.meaning, reason("status-unknown", { status: quoted(cell(status.meaning)) }));
	if (status.kind === "over") return { kind: "skipped", why: reason("visit-over", { status: quoted(cell("status")) }) };

	if (isMadeDate(cell("code"))) return complaint("code", reason("code-date", { text: quoted(cell("code")) }));
	if (isLost(cell("code"))) return complaint("code", reason("code-lost", { text: quoted(cell("code")) }));
	const code = codeOf(cell("code"), columns);
	if (status.kind === "cancelled")
		return code.source === "" ? complaint("code", reason("code-missing")) : { kind: "cancelled", source: code.source };
	if (isAllDay) return { kind: "skipped", why: reason("all-day") };
	const doubtful = columns.doubtful.find(({ index, says }) => mayCancel(cells[index] ?? "", says))?.index;
	if (doubtful !== undefined)
		return {
			...{ kind: "complaint", column: names[doubtful] ?? doubtful + 1 },
			why: reason("cancelled-unread", { text: quoted(cells[doubtful] ?? "") }),
		};
	return readBooking(cell, code, { ...context, columns, complaint });
}

/** Whether what stands in a column that is not read may say that there is no booking. */
function mayCancel(text: string, says: Doubt): boolean {
	const status = readStatus(text);
	if (status === "cancelled") return true;
	const answer = readYesOrNo(text);
	switch (says) {
		case "cancelled":
			return text.trim() !== "" && answer !== false && status !== "booked";
		case "booked":
			return text.trim() !== "" && answer === false;
		case "nothing":
			return false;
	}
}

type Status = { kind: "booked" | "cancelled" | "over" } | { kind: "unknown"; meaning: Meaning };

function statusOf(cell: Cell, title: string): Status {
	const isCancelled = readYesOrNo(cell("canceled"));
	if (isCancelled === undefined) return { kind: "unknown", meaning: "canceled" };
	const status = readStatus(cell("status"));
	if (status === "unknown") return { kind: "unknown", meaning: "status" };
	// Outlook tells it in the title alone.
	return { kind: isCancelled || (status === "booked" && isCancelledTitle(title)) ? "cancelled" : status };
}

interface Code {
	source: string;
	code: string;
	isMade: boolean;
}

/** A code that visitors have in hand is as it is written; an id that nobody types gets a code, always the same. */
function codeOf(text: string, { hasTypedCodes }: TableColumns): Code {
	const folded = foldCode(text);
	if (hasTypedCodes || text === "" || isTypeable(text))
		return { source: folded === "" ? "" : `list ${folded}`, code: text, isMade: false };
	const source = `list id ${text}`;
	return { source, code: madeCode(source), isMade: true };
}

interface BookingContext extends RowContext {
	columns: TableColumns;
	complaint(meaning: Meaning, why: Reason): ReadRow;
}

function readBooking(
	cell: Cell,
	{ source, code, isMade }: Code,
	{ site, columns, topics, complaint }: BookingContext,
): ReadRow {
	const time = timeOf(cell, columns, site);
	if (time.kind === "refused")
		return { kind: "complaint", column: headingOf(columns, "time"), why: time.why, eitherOrder: time.eitherOrder };
	if (!fitsZone(cell("zone"), site.timezone, time.at))
		return complaint("zone", reason("time-other-zone", { zone: quoted(cell("zone")), siteZone: site.timezone }));
	const headedZone = zoneInHeadings(columns);
	if (
		headedZone !== undefined &&
		!fitsZone(headedZone, site.timezone, time.at) &&
		!hasOwnOffset((timezone) => timeOf(cell, columns, { ...site, timezone }))
	)
		return complaint("time", reason("time-other-zone", { zone: headedZone, siteZone: site.timezone }));
	const topic: FoundTopic =
		topics.given !== undefined && !columns.indexes.has("topic")
			? { kind: "topic", id: topics.given }
			: topics.find(cell("topic"));
	if (topic.kind === "none") return complaint("topic", topic.why);
	const asked = cell("language");
	const language = asked === "" ? undefined : nearestLanguage(asked);
	const note =
		language && !language.isExact
			? reason("language-near", { asked: quoted(asked), language: language.language })
			: undefined;
	const draft = {
		...{ source: source || "list", code, at: time.at, topic: topic.id },
		language: asked === "" ? null : (language?.language ?? asked),
		partySize: /^\d*$/.test(cell("party")) ? Number(cell("party") || "1") : Number.NaN,
	};
	return { kind: "booking", draft, isMadeCode: isMade, note };
}

function timeOf(cell: Cell, { indexes }: TableColumns, { timezone, dateOrder, day }: ListSite): ReadTime {
	const time = cell("time");
	if (indexes.has("date")) return readDayAndTime({ date: cell("date"), time }, timezone, dateOrder);
	if (!isTimeOfDay(time)) return readTime(time, timezone, dateOrder);
	if (day === undefined) return { kind: "refused", why: reason("time-no-date", { text: quoted(time) }) };
	return readDayAndTime({ date: day, time }, timezone, dateOrder);
}

/** As in "Start Time (UTC)", a column that somebody named. */
function zoneInHeadings(columns: TableColumns): string | undefined {
	const headings = [headingOf(columns, "time"), headingOf(columns, "date")];
	return headings.map(zoneInHeading).find((zone) => zone !== undefined);
}

/** A time that is the same in two zones says itself how far from UTC it is. */
function hasOwnOffset(readIn: (timezone: string) => ReadTime): boolean {
	const [one, other] = [readIn("UTC"), readIn("Asia/Tokyo")];
	return one.kind === "instant" && other.kind === "instant" && one.at === other.at;
}
