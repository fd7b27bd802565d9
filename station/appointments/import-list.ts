import { digestOfCode } from "../../lib/code-digest.ts";
import type { StaffId } from "../../protocol/model/ids.ts";
import type { ListRemark } from "../../protocol/model/visit.ts";
import { Refusal } from "../refusal.ts";
import type { Appointment, AppointmentList } from "./appointment.ts";
import type { Visits } from "./expected-visits.ts";
import type { Expected, ImportResult } from "./keep-visits.ts";
import { describeRemark, ListRefused, reason, remark } from "./list-remark.ts";

export interface ListReport {
	/** What the list holds. */
	booked: number;
	cancelled: number;
	skipped: ListRemark[];
	notes: ListRemark[];
	madeCodes: AppointmentList["madeCodes"];
	/** The first bookings as they were read, to be held against the file; none once it is imported. */
	first: Pick<Appointment, "code" | "at" | "topic">[];
	/** What became of it; null on a dry run. `unmatched`: how many cancellations, which are named in `notes`. */
	imported: (Omit<ImportResult, "unmatched"> & { unmatched: number }) | null;
}

export interface ListImport {
	/** As readAppointments gives it: the file itself is not needed any more, and may be large. */
	list: AppointmentList;
	visits: Pick<Visits, "expect">;
	isDryRun: boolean;
	now: number;
	by?: StaffId | undefined;
}

/**
 * Imports a list, the whole of it or nothing, or on a dry run says what it holds. Throws ListRefused where the station has another booking with one of its codes.
 */
export function importList({ list, visits, isDryRun, now, by }: ListImport): ListReport {
	const { appointments, cancelled, listed, madeCodes } = list;
	const report = {
		...{ booked: appointments.length, cancelled: cancelled.length, madeCodes },
		...{ skipped: list.skipped.map(describeRemark), notes: list.notes.map(describeRemark) },
	};
	if (isDryRun) {
		const first = appointments.slice(0, FIRST_SHOWN).map(({ code, at, topic }) => ({ code, at, topic }));
		return { ...report, first, imported: null };
	}
	try {
		const { unmatched, ...imported } = visits.expect(
			{ visits: expectedOf(appointments), cancelled, listed },
			{ now, by },
		);
		const notes = [...report.notes, ...cancelsNothing(cancelled, unmatched)];
		return { ...report, notes, first: [], imported: { ...imported, unmatched: unmatched.length } };
	} catch (cause) {
		if (!(cause instanceof Refusal && cause.code === "BOOKING_CODE_TAKEN")) throw cause;
		const code = appointments.find(({ source }) => source === cause.data.source)?.code;
		const data = { code: code ?? "", day: String(cause.data.serviceDay) };
		throw new ListRefused("APPOINTMENTS_INVALID", [remark(null, reason("code-taken", data))], { cause });
	}
}

const FIRST_SHOWN = 20;
/** Of cancellations of bookings that are not here: a calendar that is polled may have hundreds of long ago. */
const UNMATCHED_SHOWN = 20;

function cancelsNothing(cancelled: AppointmentList["cancelled"], unmatched: readonly string[]): ListRemark[] {
	const sources = new Set(unmatched);
	return cancelled
		.filter(({ source }) => sources.has(source))
		.slice(0, UNMATCHED_SHOWN)
		.map(({ place }) => describeRemark(remark(place, reason("cancels-nothing"))));
}

/** One after another: a second copy of 50,000 would take much memory. */
function* expectedOf(appointments: readonly Appointment[]): Generator<Expected> {
	for (const { code, ...appointment } of appointments)
		yield { ...appointment, kind: "appointment", codeDigest: digestOfCode(code) };
}
