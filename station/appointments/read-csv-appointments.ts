import { wallClock } from "../../lib/time/wall-clock.ts";
import { type AppointmentList, type ListSite, openAppointmentCheck } from "./appointment.ts";
import { ListRefused, type Remark, reason, remark, requireNoComplaint } from "./list-remark.ts";
import { readTableRow } from "./read-table-row.ts";
import { findColumns, headingOf, type TableColumns } from "./table-columns.ts";
import type { Meaning } from "./table-headings.ts";
import { readRows } from "./table-rows.ts";
import { topicsOf } from "./topic-names.ts";

const MEANING_OF = { code: "code", topic: "topic", language: "language", partySize: "party" } as const satisfies Record<
	string,
	Meaning
>;

/**
 * Reads a table (CSV, RFC 4180, with comma, semicolon, tab or bar, and Excel's "sep=;" line) with the columns code, time
 * and topic, and where they are known date, language, party and status, under our headings or other systems' (see
 * findColumns). Times are read by readTime, statuses by readStatus. Empty rows, empty cells at the end and unnamed empty
 * columns, as Excel writes them, are passed over. Names, mails and notes are not looked at, and it is said which columns
 * those are. Messages name the file's line and the column. Throws ListRefused.
 */
export function readCsvAppointments(text: string, site: ListSite): AppointmentList {
	const list: AppointmentList = {
		appointments: [],
		cancelled: [],
		listed: [],
		skipped: [],
		notes: [],
		madeCodes: [],
	};
	const complaints: Remark[] = [];
	let columns: TableColumns | undefined;
	let eitherOrder: string | undefined;
	const check = openAppointmentCheck(
		site,
		(at) => wallClock(at, site.timezone).date,
		(field) => columns && headingOf(columns, MEANING_OF[field]),
	);
	const topics = topicsOf(site);
	readRows(text, (row) => {
		if (columns === undefined) {
			columns = findColumns(row, site.columns, { hasTopic: topics.given !== undefined });
			list.notes.push(...columns.notes);
			return;
		}
		const read = readTableRow(row, columns, { site, topics });
		const place = { line: row.line };
		switch (read.kind) {
			case "complaint":
				complaints.push(remark({ ...place, column: read.column }, read.why));
				eitherOrder ??= read.eitherOrder;
				break;
			case "skipped":
				list.skipped.push(remark(place, read.why));
				break;
			case "cancelled":
				list.cancelled.push({ source: read.source, sequence: 0, place });
				break;
			case "booking":
				if (read.note !== undefined) list.notes.push(remark(place, read.note));
				if (read.isMadeCode) {
					const { code, at, topic } = read.draft;
					list.madeCodes.push({ code, at, topic });
				}
				check.add(place, read.draft);
		}
	});
	if (columns === undefined) throw new ListRefused("APPOINTMENTS_INVALID", [remark(null, reason("empty"))]);
	const lacksDay = complaints.some(({ code }) => code === "time-no-date");
	requireNoComplaint(complaints, { eitherOrder, columns: lacksDay ? columns : null });
	list.appointments = check.finish();
	requireOneLineEach(list);
	return list;
}

/** A table has one line for each booking: of two, which one counts cannot be told. */
function requireOneLineEach({ appointments, cancelled }: AppointmentList): void {
	const booked = new Set(appointments.map(({ source }) => source));
	const both = cancelled.find(({ source }) => booked.has(source));
	if (both) requireNoComplaint([remark(both.place, reason("cancels-and-books"))]);
}
