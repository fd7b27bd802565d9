import type { Command } from "commander";
import { siteIdSchema } from "../../../protocol/model/ids.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { openNames } from "../../../server/fleet/catalogue-names.ts";
import { openFleetStatistics } from "../../../server/statistics/fleet-statistics.ts";
import { rebuildStatistics } from "../../../server/statistics/rebuild.ts";
import { type Context, defineCommand } from "../../define-command.ts";
import { languageName, RANGE_OPTIONS, requireRange, writeStatistics } from "../statistics.ts";
import { PLACE_OPTIONS, requireServer, withServerDatabase } from "./place.ts";

const OPTIONS = {
	...PLACE_OPTIONS,
	...RANGE_OPTIONS,
	site: {
		schema: siteIdSchema,
		expected: "a site's id as the catalogue has it, such as service-centre-1",
		placeholder: "ID",
		help: "only this site; without it all of them together",
		isFlagOnly: true,
	},
} as const;

export function serverStatisticsCommand(context: Context): Command {
	return defineCommand(context, {
		name: "statistics",
		summary: "print the statistics of all sites, or of one",
		description: `Waits and services by hour, day, weekday, topic and language, and each site. Lengths are right to 3 percent. Of groups
of fewer than five visits nothing is told. The server may be running.`,
		options: OPTIONS,
		commands: [rebuildCommand(context)],
		async run(invocation) {
			const { from, to, site, within: withinMinutes, format } = invocation.options();
			requireRange(from, to);
			const { found, names } = await withServerDatabase(requireServer(invocation), async (database) => ({
				found: await openFleetStatistics(database).read({ from, to, site, withinMinutes }, Date.now()),
				names: await openNames(openDocuments(database))(),
			}));
			const nameOf = (of: "sites" | "topics") => (id: string) => names[of].en[id] ?? id;
			await writeStatistics(invocation.stdout, found, {
				format,
				names: { topic: nameOf("topics"), site: nameOf("sites"), language: languageName },
			});
		},
	});
}

function rebuildCommand(context: Context): Command {
	return defineCommand(context, {
		name: "rebuild",
		summary: "make the statistics again from the events, and say which days were not what the events say",
		description: "A station at a time, also while the server runs.",
		options: PLACE_OPTIONS,
		async run(invocation) {
			const { stations, days, events, mended } = await withServerDatabase(requireServer(invocation), rebuildStatistics);
			for (const { station, serviceDay } of mended)
				invocation.print({ mended: { station, serviceDay } }, `${serviceDay} of station ${station} was not right.`);
			invocation.print(
				{ stations, days, events, mended: mended.length },
				`${days} days of ${stations} stations were made from ${events} events; ${mended.length} were not right before.`,
			);
		},
	});
}
