import type { StationDatabase } from "../../db/station/open.ts";
import type { NewId, StaffId } from "../../protocol/model/ids.ts";
import type { ExpectedVisit } from "../../protocol/model/visit.ts";
import type { EventLog } from "../events/event-log.ts";
import { type CheckInRules, type CheckIns, openCheckIns } from "./check-ins.ts";
import { type ImportResult, keepVisits, type VisitChanges } from "./keep-visits.ts";
import { openVisitRepository } from "./visit-repository.ts";

export interface Visits extends CheckIns {
	/**
	 * Keeps and withdraws expected visits in one durable transaction. A visit whose visitor has come stays as it is; once
	 * it is over, another time makes a new visit. Refuses with BOOKING_CODE_TAKEN where two bookings of a day have one code.
	 */
	expect(changes: Partial<VisitChanges>, actor: { now: number; by?: StaffId | undefined }): ImportResult;
	/** The visits of today, and referrals of any day that nobody came for yet, by time. */
	list(now: number): ExpectedVisit[];
}

export interface VisitsDeps extends CheckInRules {
	database: StationDatabase;
	eventLog: EventLog;
	/** The service day of any instant, also of a past one. */
	calendarServiceDay(at: number): string;
	newId: NewId;
}

export function openVisits({
	database,
	eventLog,
	calendarServiceDay,
	serviceDay,
	placeOfAppointment,
	newId,
}: VisitsDeps): Visits {
	const repository = openVisitRepository(database);
	return {
		...openCheckIns({ repository, serviceDay, placeOfAppointment }),
		expect: ({ visits = [], cancelled = [], listed = [] }, actor) =>
			database.transaction(
				() =>
					eventLog.write((append) =>
						keepVisits({ visits, cancelled, listed }, { repository, calendarServiceDay, newId, append, ...actor }),
					),
				{ behavior: "immediate" },
			),
		list(now) {
			const rows = repository.ofDay(serviceDay(now));
			return rows.map(({ visit: { id, kind, at, topic, language, partySize, fromSite }, number, ticketId }) => ({
				id,
				kind,
				at,
				topic,
				language,
				partySize,
				fromSite,
				ticket: number === null || ticketId === null ? null : { id: ticketId, number },
			}));
		},
	};
}
