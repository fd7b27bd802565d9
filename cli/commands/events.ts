import { resolve } from "node:path";
import type { Command } from "commander";
import { asUserError, openForReading } from "../../db/station/open.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { readEvents } from "../../station/events/read-events.ts";
import { type Context, defineCommand } from "../define-command.ts";

export function eventsCommand(context: Context): Command {
	return defineCommand(context, {
		name: "events",
		summary: "print a station's events as lines of JSON, oldest first",
		description: `Each line is one event of the station's streams: the event's own text with its hash. A running station is not
disturbed.`,
		options: { data: DATA_FOLDER },
		async run({ options, cwd, files, stdout }) {
			const data = resolve(cwd, options().data);
			const { database, close } = openForReading(data, files.migrations);
			try {
				for (const { text, hash } of readEvents(database)) {
					const line = `${text.slice(0, -1)},"hash":"${hash}"}\n`;
					if (!stdout.write(line)) await new Promise((resolve) => stdout.once("drain", resolve));
				}
			} catch (error) {
				throw asUserError(error, data);
			} finally {
				close();
			}
		},
	});
}
