import type { Command } from "commander";
import { pino } from "pino";
import { z } from "zod";
import { text, wholeNumber } from "../../lib/settings/setting.ts";
import { readConfiguration } from "../../station/app/configuration.ts";
import { DATA_FOLDER, STATION_SETTINGS } from "../../station/app/settings.ts";
import { simulateDays } from "../../station/app/simulate-days.ts";
import { type Context, defineCommand } from "../define-command.ts";

const MOST_DAYS = 400;
const { site, catalogue } = STATION_SETTINGS;
const OPTIONS = {
	data: { ...DATA_FOLDER, help: "an empty folder, which becomes a station's data folder" },
	site,
	catalogue,
	seed: {
		...wholeNumber(0, 2 ** 31 - 1),
		defaultValue: 1,
		placeholder: "N",
		help: "the same number makes the same days again",
		isFlagOnly: true,
	},
	days: {
		...wholeNumber(1, MOST_DAYS),
		defaultValue: 5,
		placeholder: "N",
		help: "how many days, one after the other",
		isFlagOnly: true,
	},
	until: {
		...text("a date such as 2026-11-30"),
		schema: z.iso.date(),
		placeholder: "DATE",
		help: "the last day; yesterday unless given",
		isFlagOnly: true,
	},
} as const;

export function simulateCommand(context: Context): Command {
	return defineCommand(context, {
		name: "simulate",
		summary: "fill an empty data folder with simulated days, for trials",
		description: `Visitors come, wait, are called, leave or do not come; staff sign in, serve and have breaks. The station's own rules and
tables take part, so that every event, interval and estimate is as it would have been. Nothing is printed. The staff of
these days are called "Simulated 1" and so on, and nobody knows their PINs.`,
		options: OPTIONS,
		async run(invocation) {
			const { seed, days, until } = invocation.options();
			const { seed: _, days: __, until: ___, ...flags } = invocation.flags;
			const configuration = readConfiguration({ ...invocation, flags }, { printer: "none" });
			const lastDay = until ?? new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
			const log = pino({ level: "silent" });
			const done = await simulateDays(configuration, { files: invocation.files, log, seed, days, lastDay });
			invocation.print(done, `${done.tickets} tickets on ${done.days} days, from ${done.from} to ${done.to}.`);
		},
	});
}
