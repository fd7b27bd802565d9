import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { asUserError, openCurrent, type StationDatabase } from "../../db/station/open.ts";
import { service } from "../../db/station/schema/catalogue.ts";
import { UserError } from "../../lib/errors.ts";
import { list, text } from "../../lib/settings/setting.ts";
import { counterNumberSchema } from "../../protocol/model/ids.ts";
import {
	type DayReplay,
	type MeasureRange,
	MOST_CHANGES,
	type ReplayedDay,
	type StaffingChange,
	staffingChangeSchema,
} from "../../protocol/statistics/day-replay.ts";
import { connectPlanning } from "../../station/app/connect-planning.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { readSkills } from "../../station/staff/site-settings.ts";
import { calendarServiceDay } from "../../station/tickets/service-day.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { readSite } from "./statistics.ts";

const change = (example: string) => ({ ...list(`a list of changes such as ${example}`), isFlagOnly: true }) as const;

const OPTIONS = {
	data: DATA_FOLDER,
	day: {
		...text("a date such as 2026-11-30"),
		schema: z.iso.date(),
		placeholder: "DATE",
		isRequired: true,
		isFlagOnly: true,
		help: "a past service day",
	},
	open: { ...change("10:00-17:00"), placeholder: "TIMES", help: "another counter at these times; may be repeated" },
	serve: { ...change("3=work-permit"), placeholder: "COUNTER=TOPIC", help: "a counter serves a topic as well" },
	absent: {
		...change("2 or 2=13:00-17:00"),
		placeholder: "COUNTER",
		help: "nobody at a counter, all day or at these times",
	},
} as const;

export function planCommand(context: Context): Command {
	return defineCommand(context, {
		name: "plan",
		summary: "say what a past day would have been with other staff",
		description: `The day's visitors come again when they came, for what they came for, and the queue's own rules call them. The answer is a
range beside what was so and beside the same day played without a change. Nothing is changed, and a running station is
not disturbed.`,
		options: OPTIONS,
		async run({ options, cwd, files, print }) {
			const { data, day, open = [], serve = [], absent = [] } = options();
			const changes = readChanges({ open, serve, absent });
			const folder = resolve(cwd, data);
			const { database, close } = openCurrent(folder, files.migrations);
			try {
				const site = readSite(database, folder);
				requireTopics(database, changes);
				const replays = connectPlanning(database, { timezone: site.timezone, skillsOf: readSkills(database) });
				const replay = await replays.replay({ serviceDay: day, changes }, calendarServiceDay(Date.now(), site));
				print(replay, describe(replay));
			} catch (error) {
				throw asUserError(error, folder);
			} finally {
				close();
			}
		},
	});
}

function readChanges({
	open,
	serve,
	absent,
}: Record<"open" | "serve" | "absent", readonly string[]>): StaffingChange[] {
	const span = (times: string | undefined) => {
		const [from, to] = times?.split("-") ?? [];
		return { from: from || null, to: to || null };
	};
	const asked = [
		...open.map((times) => ({ flag: `--open ${times}`, change: { kind: "open", ...span(times) } })),
		...serve.map((words) => {
			const [counter, topic] = words.split("=");
			return { flag: `--serve ${words}`, change: { kind: "serve", counter, topic } };
		}),
		...absent.map((words) => {
			const [counter, times] = words.split("=");
			return { flag: `--absent ${words}`, change: { kind: "absent", counter, ...span(times) } };
		}),
	];
	if (asked.length > MOST_CHANGES)
		throw new UserError("USAGE", `At most ${MOST_CHANGES} changes at once.`, { exitCode: 2 });
	return asked.map(({ flag, change: raw }) => {
		const read = staffingChangeSchema.safeParse(raw);
		if (read.success && (read.data.kind === "open" || counterNumberSchema.safeParse(read.data.counter).success))
			return read.data;
		const example = "Write --open 10:00-17:00, --serve 3=work-permit, --absent 2 or --absent 2=13:00-17:00.";
		throw new UserError("USAGE", `"${flag}" is no change of staff. ${example}`, { exitCode: 2 });
	});
}

function requireTopics(database: StationDatabase, changes: readonly StaffingChange[]): void {
	const known = new Set(
		database
			.select({ id: service.id })
			.from(service)
			.all()
			.map(({ id }) => id),
	);
	for (const asked of changes)
		if (asked.kind === "serve" && !known.has(asked.topic))
			throw new UserError("USAGE", `There is no topic "${asked.topic}". Name one of the catalogue.`, { exitCode: 2 });
}

const UNKNOWN = {
	"not-over": "This day is not over yet.",
	"too-few": "Too few visitors came on this day to tell.",
	clock: "The clock was set back on this day, so its times cannot be believed.",
} as const;

const EFFECTS = {
	shorter: "With the change people would have waited less.",
	longer: "With the change people would have waited longer.",
	unclear: "The change would have made no clear difference.",
} as const;

function describe(replay: DayReplay): string {
	if (replay.kind === "unknown") return UNKNOWN[replay.reason];
	const row = (name: string, was: string, unchanged: string, changed: string) =>
		`${name.padEnd(26)}${was.padEnd(12)}${unchanged.padEnd(14)}${changed}`;
	const measure = (name: string, of: keyof ReplayedDay["actual"], unit: number) => {
		const write = (value: number) => String(Math.round(value / unit));
		const range = ({ low, high }: MeasureRange) => `${write(low)} to ${write(high)}`;
		return row(name, write(replay.actual[of]), range(replay.unchanged[of]), range(replay.changed[of]));
	};
	return [
		EFFECTS[replay.effect],
		"",
		row("", "as it was", "played again", "with the change"),
		measure("half wait up to, min", "medianWaitMs", 60_000),
		measure("nine of ten up to, min", "p90WaitMs", 60_000),
		measure("waiting at most", "mostWaiting", 1),
		measure("still waited at closing", "closed", 1),
		...replay.remarks.map(({ change: place, remark }) => `Change ${place + 1} did nothing: ${remark}.`),
	].join("\n");
}
