import { readFileSync } from "node:fs";
import { openBeside } from "../../db/station/open.ts";
import { digestOfCode } from "../../lib/code-digest.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { openVisits } from "../../station/appointments/expected-visits.ts";
import { readList } from "../../station/appointments/read-list.ts";
import { readStoredCatalogue } from "../../station/catalogue/catalogue-repository.ts";
import { DEFAULT_QUEUE_RULES, placeOfAppointment } from "../../station/tickets/queue-order.ts";
import { calendarServiceDay } from "../../station/tickets/service-day.ts";
import type { Command } from "../command.ts";
import { readDataOption } from "../data-option.ts";
import { openOwnEventLog } from "../open-event-log.ts";

export const appointmentsCommand: Command = {
	name: "appointments",
	summary: "take a list of appointments over: an iCalendar or CSV file",
	help: `Use: paihao appointments import FILE --data DIR

FILE is an iCalendar file (.ics): each event has the topic's id among its CATEGORIES and the code in X-PAIHAO-CODE,
else in its UID; STATUS:CANCELLED calls one off. Or a CSV file with the columns code, time and topic, and where known
language, party and status. A time without a zone is the site's. The file is taken whole or not at all; the same
file read again changes nothing, a changed one moves what it moved. Names are never read. The station may be running.

  --data DIR          the station's folder, or PAIHAO_DATA`,
	async run(call) {
		const { data, positionals } = readDataOption(call);
		const [action, file] = positionals;
		if (action !== "import" || file === undefined) throw new UserError("USAGE", 'Say "import FILE".', { exitCode: 2 });
		const bytes = readBytes(file);
		const { database, close } = openBeside(data, call.files.migrations);
		try {
			const now = Date.now();
			const newId = openRandom().id;
			const eventLog = openOwnEventLog(database, { newId, now, data });
			const stored = readStoredCatalogue(database, eventLog.site);
			if (!stored) throw new UserError("SITE_UNKNOWN", `The catalogue in ${data} has no site ${eventLog.site}.`);
			const site = {
				timezone: stored.location.timezone,
				dayStartsAt: stored.location.dayStartsAt,
				topicIds: stored.services.map(({ id }) => id),
			};
			const { appointments, cancelled, excluded } = readList(bytes, site, now);
			const visits = openVisits({
				database,
				eventLog,
				calendarServiceDay: (at) => calendarServiceDay(at, site),
				serviceDay: (now) => calendarServiceDay(now, site),
				placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
				newId,
			});
			const result = visits.expect(
				appointments.map(({ code, ...appointment }) => ({
					...appointment,
					kind: "appointment",
					codeDigest: digestOfCode(code),
				})),
				[...cancelled.map(({ source }) => source), ...excluded],
				{ now },
			);
			process.stdout.write(`${JSON.stringify(result)}\n`);
		} finally {
			close();
		}
	},
};

function readBytes(file: string): Uint8Array {
	try {
		return readFileSync(file);
	} catch (cause) {
		throw new UserError(
			"APPOINTMENTS_UNREADABLE",
			`The file ${file} cannot be read. Check its name and that you may read it.`,
			{ cause },
		);
	}
}
