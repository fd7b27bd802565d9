import { resolve } from "node:path";
import type { Command } from "commander";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { asUserError, openCurrent, type StationDatabase } from "../../db/station/open.ts";
import { catalogueTranslation, location } from "../../db/station/schema/catalogue.ts";
import { stream } from "../../db/station/schema/events.ts";
import { staff } from "../../db/station/schema/staff.ts";
import { UserError } from "../../lib/errors.ts";
import { oneOf, text, wholeNumber } from "../../lib/settings/setting.ts";
import { counterNumberSchema, slugSchema, topicIdSchema } from "../../protocol/model/ids.ts";
import { LANGUAGES } from "../../protocol/model/language.ts";
import { daysBetween } from "../../protocol/statistics/calendar.ts";
import { DEFAULT_WITHIN_MINUTES, MAX_DAYS } from "../../protocol/statistics/limits.ts";
import { writeStatisticsCsv } from "../../protocol/statistics/statistics-csv.ts";
import type { StatisticsNames, TabledStatistics } from "../../protocol/statistics/statistics-table.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { summarizeReadOnly } from "../../station/statistics/statistics.ts";
import { calendarServiceDay } from "../../station/tickets/service-day.ts";
import { type Context, defineCommand } from "../define-command.ts";

/** Options of every command that prints statistics. */
const DAY = {
	...text("a date such as 2026-11-30"),
	schema: z.iso.date(),
	placeholder: "DATE",
	isRequired: true,
	isFlagOnly: true,
} as const;

export const RANGE_OPTIONS = {
	from: { ...DAY, help: "the first service day" },
	to: { ...DAY, help: "the last service day" },
	format: {
		...oneOf(["csv", "json", "parquet"]),
		defaultValue: "csv",
		placeholder: "FORMAT",
		help: "csv for a spreadsheet, json as the API has it, parquet for analyses",
		isFlagOnly: true,
	},
	within: {
		...wholeNumber(1, 240),
		defaultValue: DEFAULT_WITHIN_MINUTES,
		placeholder: "MINUTES",
		help: "how long a visitor shall wait at most",
		isFlagOnly: true,
	},
} as const;

const OPTIONS = {
	data: DATA_FOLDER,
	...RANGE_OPTIONS,
	topic: {
		...text("a topic's id"),
		schema: slugSchema,
		placeholder: "ID",
		help: "only visits of this topic",
		isFlagOnly: true,
	},
	counter: {
		...text("a counter's number"),
		schema: z.string().regex(/^[1-9]\d?$/),
		placeholder: "NUMBER",
		help: "only visits at this counter",
		isFlagOnly: true,
	},
} as const;

export function statisticsCommand(context: Context): Command {
	return defineCommand(context, {
		name: "statistics",
		summary: "print the statistics of a station's days",
		description: `Waits and services by hour, day, weekday, topic, language, counter and group of staff, the service level, arrivals by
the quarter of an hour with the counters that they need, and what visitors were told against what was so. Of groups of
fewer than five visits nothing is told. A running station is not disturbed.`,
		options: OPTIONS,
		async run({ options, cwd, files, stdout }) {
			const { data, from, to, format, topic, counter, within: withinMinutes } = options();
			requireRange(from, to);
			const folder = resolve(cwd, data);
			const { database, close } = openCurrent(folder, files.migrations);
			try {
				const site = readSite(database, folder);
				const roles = new Map<string, (typeof staff.$inferSelect)["role"]>(
					database
						.select({ id: staff.id, role: staff.role })
						.from(staff)
						.all()
						.map(({ id, role }) => [id, role]),
				);
				const found = summarizeReadOnly(
					database,
					{ timezone: site.timezone, roleOf: (id) => roles.get(id) ?? null },
					{
						...{ from, to, withinMinutes },
						topic: topic === undefined ? null : topicIdSchema.parse(topic),
						counter: counter === undefined ? null : counterNumberSchema.parse(counter),
					},
					calendarServiceDay(Date.now(), site),
				);
				await writeStatistics(stdout, found, { format, names: readNames(database) });
			} catch (error) {
				throw asUserError(error, folder);
			} finally {
				close();
			}
		},
	});
}

/** Throws UserError USAGE where bytes would go to a terminal. */
export async function writeStatistics(
	stdout: Context["stdout"],
	found: TabledStatistics,
	{ format, names }: { format: "csv" | "json" | "parquet"; names: StatisticsNames },
): Promise<void> {
	if (format === "json") stdout.write(`${JSON.stringify(found)}\n`);
	else if (format === "csv") stdout.write(writeStatisticsCsv(found, names));
	else if (stdout.isTTY) throw usage("Parquet is no text. Send it into a file, such as with > days.parquet.");
	else {
		const { writeStatisticsParquet } = await import("../../protocol/statistics/statistics-parquet.ts");
		stdout.write(writeStatisticsParquet(found, names));
	}
}

/** Throws UserError USAGE. */
export function requireRange(from: string, to: string): void {
	if (to < from) throw usage("--to is before --from.");
	if (daysBetween(from, to) >= MAX_DAYS) throw usage(`From --from to --to are more than ${MAX_DAYS} days.`);
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}

export function readSite(database: StationDatabase, folder: string): { timezone: string; dayStartsAt: string } {
	const found = database
		.select({ timezone: location.timezone, dayStartsAt: location.dayStartsAt })
		.from(location)
		.innerJoin(stream, eq(stream.site, location.id))
		.get();
	if (found) return found;
	throw new UserError("DATA_INCOMPLETE", `The folder ${folder} has no station that was ever started. Start it once.`);
}

function readNames(database: StationDatabase): StatisticsNames {
	const rows = database
		.select({ id: catalogueTranslation.id, text: catalogueTranslation.text })
		.from(catalogueTranslation)
		.where(
			and(
				eq(catalogueTranslation.entity, "service"),
				eq(catalogueTranslation.language, "en"),
				eq(catalogueTranslation.field, "name"),
			),
		)
		.all();
	const topics = new Map(rows.map(({ id, text: name }) => [id, name]));
	return { topic: (id) => topics.get(id) ?? id, language: languageName };
}

export function languageName(tag: string): string {
	const names = new Intl.DisplayNames("en", { type: "language" });
	return LANGUAGES.some((one) => one === tag) ? (names.of(tag) ?? tag) : tag;
}
