import { closeSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { z } from "zod";
import { openBeside } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { list, oneOf, onOff, text } from "../../lib/settings/setting.ts";
import { LIST_COLUMNS } from "../../protocol/model/list-columns.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { requireListSize } from "../../station/appointments/decode-text.ts";
import { openVisits } from "../../station/appointments/expected-visits.ts";
import { importList } from "../../station/appointments/import-list.ts";
import { readAppointments } from "../../station/appointments/read-appointments.ts";
import { DATE_ORDERS, type DateOrder } from "../../station/appointments/read-time.ts";
import type { ColumnNames } from "../../station/appointments/table-columns.ts";
import { topicNamesOf } from "../../station/appointments/topic-names.ts";
import { readStoredCatalogue } from "../../station/catalogue/catalogue-repository.ts";
import { DEFAULT_QUEUE_RULES, placeOfAppointment } from "../../station/tickets/queue-order.ts";
import { calendarServiceDay } from "../../station/tickets/service-day.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { openOwnEventLog } from "../open-event-log.ts";
import { showImport } from "./import-report.ts";

const DATES = {
	...oneOf(DATE_ORDERS),
	placeholder: "ORDER",
	help: "how days in figures are written where they cannot be told: dmy is 3/4/2026 for 3 April",
	isFlagOnly: true,
} as const;

const COLUMN = {
	...list(`${LIST_COLUMNS.join(", ")} with the name of a column of the file, as in time="Start Time"`),
	placeholder: "FIELD=NAME",
	help: "which column of a table is which, where its headings are not known: others are then not read",
	isFlagOnly: true,
} as const;

const DAY = {
	...text("a day, such as 2026-11-30"),
	schema: z.iso.date(),
	placeholder: "DATE",
	help: "the day of a table that has only times of day, as 2026-11-30",
	isFlagOnly: true,
} as const;

const TOPIC = {
	...text("the id or a name of a topic, such as work-permit"),
	placeholder: "ID",
	help: "the topic of a calendar's events that name none, and of a table without a column for it",
	isFlagOnly: true,
} as const;

const DRY_RUN = {
	...onOff,
	help: "read the list and say what it holds, but import nothing",
	isFlagOnly: true,
} as const;

export function appointmentsCommand(context: Context): Command {
	return defineCommand(context, {
		name: "appointments",
		summary: "import a list of appointments: an iCalendar or CSV file",
		commands: [
			defineCommand(context, {
				name: "import",
				summary: "import the appointments of a file",
				description: `FILE is an iCalendar file (.ics): each event has the topic's id or name among its CATEGORIES or as its SUMMARY, and the code in X-PAIHAO-CODE,
or else in its UID; STATUS:CANCELLED cancels one. Or it is a CSV file with the columns code, time and topic, and
optionally date, language, party and status, under these headings or those of known booking systems. A time without a zone is the site's. The whole file is imported or nothing of
it. Importing it again changes nothing; a changed file moves what it moved. Names are never read. The station may be
running.`,
				operands: "<file>",
				options: { data: DATA_FOLDER, dates: DATES, column: COLUMN, day: DAY, topic: TOPIC, "dry-run": DRY_RUN },
				async run({ operands: [file = ""], options, cwd, files, print }) {
					const { data, dates, column, day, topic, "dry-run": isDryRun } = options();
					const columns = columnsOf(column ?? []);
					// The space for new objects would grow to half of what a large list takes, and gain little time.
					setFlagsFromString("--semi-space-growth-factor=1");
					const [path, folder] = [resolve(cwd, file), resolve(cwd, data)];
					const { fact, plain } = importFile(path, folder, {
						...{ migrations: files.migrations, isDryRun, dateOrder: dates, columns, day, topic },
					});
					print(fact, plain);
				},
			}),
		],
	});
}

interface ImportOptions {
	/** The folder of the station's migrations. */
	migrations: string;
	isDryRun: boolean | undefined;
	dateOrder: DateOrder | undefined;
	columns: ColumnNames;
	day: string | undefined;
	topic: string | undefined;
}

/** Throws UserError USAGE. */
function columnsOf(pairs: readonly string[]): ColumnNames {
	const fieldOf = new Map<string, string>();
	return Object.fromEntries(
		pairs.map((pair) => {
			const [, field = "", name = ""] = /^(\w+)=(.+)$/.exec(pair) ?? [];
			if (!(LIST_COLUMNS as readonly string[]).includes(field))
				throw usage(`--column ${pair} must be one of ${LIST_COLUMNS.join(", ")}, with = and the name of a column.`);
			const other = fieldOf.get(name);
			if (other !== undefined) throw usage(`--column says that "${name}" is both ${other} and ${field}. Say it once.`);
			fieldOf.set(name, field);
			return [field, name];
		}),
	);
}

const usage = (sentence: string) => new UserError("USAGE", sentence, { exitCode: 2 });

/**
 * Returns how many appointments are new, moved and cancelled, and what was left out or read as something near it; on a
 * dry run what the list holds. Throws UserError.
 */
function importFile(
	file: string,
	data: string,
	{ migrations, isDryRun, dateOrder, columns, day, topic }: ImportOptions,
) {
	const { database, close } = openBeside(data, migrations);
	try {
		const now = Date.now();
		const newId = openRandom().id;
		const eventLog = openOwnEventLog(database, { newId, now, data });
		const stored = readStoredCatalogue(database, eventLog.site);
		if (!stored) throw new UserError("SITE_UNKNOWN", `The catalogue in ${data} has no site ${eventLog.site}.`);
		const { timezone, dayStartsAt } = stored.location;
		const topicIds = stored.services.map(({ id }) => id);
		const names = { topicIds, topicNames: topicNamesOf(topicIds, stored.word) };
		const site = { timezone, dayStartsAt, ...names, dateOrder, columns, day, topic };
		const visits = openVisits({
			database,
			eventLog,
			calendarServiceDay: (at) => calendarServiceDay(at, site),
			serviceDay: (instant) => calendarServiceDay(instant, site),
			placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
			newId,
		});
		const list = readAppointments(readBytes(file), site, now);
		return showImport(importList({ list, visits, now, isDryRun: isDryRun === true }), { list, timezone });
	} finally {
		close();
	}
}

const CHUNK_BYTES = 256 * 1024;

/** What is no file, such as a pipe or /dev/zero, has no size to be refused by, and perhaps no end. */
function readToEnd(file: string): Uint8Array {
	const opened = openSync(file, "r");
	try {
		const parts: Buffer[] = [];
		for (let size = 0; ; requireListSize(size)) {
			const part = Buffer.alloc(CHUNK_BYTES);
			const read = readSync(opened, part);
			if (read === 0) return Buffer.concat(parts);
			parts.push(part.subarray(0, read));
			size += read;
		}
	} finally {
		closeSync(opened);
	}
}

function readBytes(file: string): Uint8Array {
	try {
		requireListSize(statSync(file).size);
		return readToEnd(file);
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError(
			"APPOINTMENTS_UNREADABLE",
			`The file ${file} cannot be read. Check its name and that you may read it.`,
			{ cause },
		);
	}
}
