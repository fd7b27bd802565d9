import { resolve } from "node:path";
import type { Command } from "commander";
import { openBeside, openForReading } from "../../db/station/open.ts";
import { stream } from "../../db/station/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { prepareConnections } from "../../lib/outgoing-connections.ts";
import { openRandom } from "../../lib/random.ts";
import { text } from "../../lib/settings/setting.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import type { InheritedPrinter, InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import { offerPrinter } from "../../station/app/chosen-settings.ts";
import { openEnrolmentStore, openSecrets } from "../../station/app/secrets.ts";
import { CA_FILE, DATA_FOLDER } from "../../station/app/settings.ts";
import { type Inherited, inherit } from "../../station/staff/inherit-settings.ts";
import { openSiteSettings } from "../../station/staff/site-settings.ts";
import { openStaffAccounts } from "../../station/staff/staff-accounts.ts";
import { enrolStation } from "../../station/sync/enrolment/enrol-station.ts";
import { openStreamRepository } from "../../station/sync/stream-repository.ts";
import { DEFAULT_QUEUE_RULES } from "../../station/tickets/queue-order.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { openOwnEventLog } from "../open-event-log.ts";

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
			const { id: newId } = openRandom();
			const log = openStreamRepository(database, newId);
			const eventLog = openOwnEventLog(database, { data, newId, now: Date.now() });
			const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
			const settings = openSiteSettings(database, eventLog, DEFAULT_QUEUE_RULES.appointmentGraceMs);
			let inherited: Inherited = { accounts: 0, settings: 0 };
			const station = {
				...{ store: openEnrolmentStore(data), log, clock: Date.now },
				inherit(from: InheritedSettings) {
					const offer = (printer: InheritedPrinter) => offerPrinter(data, printer);
					inherited = inherit(from, { database, staff, settings, offerPrinter: offer }, Date.now());
				},
			};
			const enrolment = await enrolStation(station, { server, code, site }).finally(close);
			const sentence = `This is now the station of ${site} at ${enrolment.server}.`;
			print(
				{ station: enrolment.station, site, server: enrolment.server, inherited },
				[sentence, ...describeInherited(inherited)].join(" "),
			);
		},
	});
}

/** What came from the device before this one, and what is left to do. */
function describeInherited({ accounts, settings }: Inherited): string[] {
	return [
		...(accounts > 0
			? [`Accounts that came from the device before it: ${accounts}. Give each a PIN with "paihao staff add NAME".`]
			: []),
		...(settings > 0
			? [
					`Settings of counters and topics that came from it: ${settings}. A station that runs uses them after a restart.`,
				]
			: []),
	];
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
