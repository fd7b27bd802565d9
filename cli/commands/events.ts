import { asUserError, openForReading } from "../../db/station/open.ts";
import { readEvents } from "../../station/events/read-events.ts";
import type { Command } from "../command.ts";
import { readDataOption } from "../data-option.ts";

export const eventsCommand: Command = {
	name: "events",
	summary: "print a station's events as JSON lines, oldest first",
	help: `Use: paihao events --data DIR

Prints every event of the station's stream as one line of JSON, oldest first: the event's own
text with its hash. A running station is not disturbed.

  --data DIR          the station's folder, or PAIHAO_DATA`,
	async run(call) {
		const { data } = readDataOption(call);
		const { database, close } = openForReading(data, call.files.migrations);
		try {
			for (const { text, hash } of readEvents(database)) {
				const line = `${text.slice(0, -1)},"hash":"${hash}"}\n`;
				if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once("drain", resolve));
			}
		} catch (error) {
			throw asUserError(error, data);
		} finally {
			close();
		}
	},
};
