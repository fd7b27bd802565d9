import { resolve } from "node:path";
import type { Command } from "commander";
import { openBeside, openForReading } from "../../db/station/open.ts";
import { stream } from "../../db/station/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { prepareConnections } from "../../lib/outgoing-connections.ts";
import { openRandom } from "../../lib/random.ts";
import { text } from "../../lib/settings/setting.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { openEnrolmentStore } from "../../station/app/secrets.ts";
import { CA_FILE, DATA_FOLDER } from "../../station/app/settings.ts";
import { enrolStation } from "../../station/sync/enrolment/enrol-station.ts";
import { openStreamRepository } from "../../station/sync/stream-repository.ts";
import { type Context, defineCommand } from "../define-command.ts";

const OPTIONS = {
	data: DATA_FOLDER,
	server: {
		...text("an https:// address"),
		placeholder: "URL",
		help: "the server's https:// address",
		isRequired: true,
		isFlagOnly: true,
	},
	code: {
		...text("ten letters and digits"),
		placeholder: "CODE",
		help: "the enrolment code: ten letters and digits, with or without the hyphen",
		isRequired: true,
		isFlagOnly: true,
	},
	ca: CA_FILE,
} as const;

export function enrolCommand(context: Context): Command {
	return defineCommand(context, {
		name: "enrol",
		summary: "enrol this station at a central server",
		description: `Makes this device's key and gives the server its public half with the code. "paihao server code" prints the code at
the server; it works once, within 15 minutes. The station must have run in its folder once. Enrolling again replaces
this device's key, and the events go on in a new stream.`,
		options: OPTIONS,
		async run({ options, cwd, env, files, print }) {
			const { data: folder, server, code, ca } = options();
			prepareConnections({ ca: ca && resolve(cwd, ca), env });
			const data = resolve(cwd, folder);
			const site = siteOf(data, files.migrations);
			const { database, close } = openBeside(data, files.migrations);
			const log = openStreamRepository(database, openRandom().id);
			const station = { store: openEnrolmentStore(data), log, clock: Date.now };
			const enrolment = await enrolStation(station, { server, code, site }).finally(close);
			print(
				{ station: enrolment.station, site, server: enrolment.server },
				`This is now the station of ${site} at ${enrolment.server}.`,
			);
		},
	});
}

/** The site whose tickets the folder has. Throws UserError STATION_NEW, and what opening a database throws. */
function siteOf(data: string, migrations: string): SiteId {
	const { database, close } = openForReading(data, migrations);
	try {
		const own = database.select({ site: stream.site }).from(stream).get();
		if (own) return own.site;
	} finally {
		close();
	}
	throw new UserError("STATION_NEW", `No station has run in ${data} yet. Start it there once, then enrol it.`);
}
