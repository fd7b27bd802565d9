import { HOUR_MS, MINUTE_MS } from "../../lib/time/durations.ts";
import { offsetAt, wallClock } from "../../lib/time/wall-clock.ts";
import type { ListRemark } from "../../protocol/model/visit.ts";
import type { AppointmentList } from "../../station/appointments/appointment.ts";
import type { ListReport } from "../../station/appointments/import-list.ts";

/** A booking as people and programs read it: its time with the site's offset. */
interface ShownBooking {
	code: string;
	time: string;
	topic: string;
}

/** What a dry run shows of a list: enough to see whether times and topics were read as they were meant. */
const MOST_SHOWN = 20;

interface ReportSource {
	list: Pick<AppointmentList, "appointments" | "cancelled">;
	/** IANA zone of the site. */
	timezone: string;
}

/** The report as a fact for programs, and as sentences for people. */
export function showImport({ imported, ...report }: ListReport, { list, timezone }: ReportSource) {
	const { booked, cancelled, skipped, notes } = report;
	const shown = ({ code, at, topic }: { code: string; at: number; topic: string }): ShownBooking => ({
		...{ code, time: isoIn(at, timezone), topic },
	});
	const madeCodes = report.madeCodes.map(shown);
	const bookings = imported === null ? list.appointments.slice(0, MOST_SHOWN).map(shown) : [];
	const cancels = list.cancelled.slice(0, MOST_SHOWN).map(({ place }) => `line ${place.line}`);
	const rest = { skipped, notes, madeCodes };
	const remarks = [
		...linesOf(`${skipped.length} left out:`, skipped.map(remarkText)),
		...linesOf(`${notes.length} to look at:`, notes.map(remarkText)),
		...linesOf("These have a code made for them. Tell it to the visitors:", madeCodes.map(bookingText)),
	];
	if (imported !== null) {
		const { kept, unchanged, withdrawn, unmatched, older } = imported;
		const numbers = [
			`Imported: ${kept} new or changed, ${unchanged} as they were, ${withdrawn} withdrawn.`,
			...(unmatched > 0 ? [`${unmatched} cancelled, but this station does not have them.`] : []),
			...(older > 0 ? [`${older} older than what this station has: they changed nothing.`] : []),
		];
		return { fact: { ...imported, ...rest }, plain: [...numbers, ...remarks].join("\n") };
	}
	const plain = [
		`Booked: ${booked}. Cancelled: ${cancelled}. This was a dry run: nothing was imported.`,
		...bookings.map((one) => `  ${bookingText(one)}`),
		...(booked > bookings.length ? [`  and ${booked - bookings.length} more`] : []),
		...(cancels.length > 0 ? [`Cancelled on ${cancels.join(", ")}${cancelled > cancels.length ? ", ..." : "."}`] : []),
		...remarks,
	];
	return { fact: { isDryRun: true, booked, cancelled, bookings, ...rest }, plain: plain.join("\n") };
}

const linesOf = (title: string, lines: readonly string[]) =>
	lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const remarkText = ({ place, what }: ListRemark) => (place === "" ? what : `${place}: ${what}`);

const bookingText = ({ code, time, topic }: ShownBooking) =>
	`${code}  ${time.slice(0, 16).replace("T", " ")}  ${topic}`;

/** As in 2026-12-01T14:45+08:00. */
function isoIn(at: number, timezone: string): string {
	const { date, time } = wallClock(at, timezone);
	const offset = offsetAt(at, timezone);
	const figures = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, "0");
	const zone = `${offset < 0 ? "-" : "+"}${figures(offset / HOUR_MS)}:${figures((offset % HOUR_MS) / MINUTE_MS)}`;
	return `${date}T${time}${zone}`;
}
