import { join } from "node:path";
import { openStationDatabase } from "../../db/station/open.ts";
import { openRandom } from "../../lib/random.ts";
import { type RunningPrinter, startPrinter } from "../../printer-simulator/start-simulator.ts";
import type { AssetPaths } from "../../station/app/asset-paths.ts";
import { readConfiguration, type StationConfiguration } from "../../station/app/configuration.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { openEventLog } from "../../station/events/event-log.ts";
import { openStaffAccounts } from "../../station/staff/staff-accounts.ts";
import type { Command } from "../command.ts";
import { settingsHelp } from "../options-help.ts";
import { showStation } from "../run-with-kiosk.ts";
import { newPin } from "./staff.ts";

const STAFF_NAME = "demo";

export const trialCommand: Command = {
	name: "demo",
	summary: "everything on this machine, in a folder of its own, to try the product",
	help: `Use: paihao demo [options]

A station with the default catalogue and a virtual printer, on loopback, in the folder .demo
of the product; the kiosk opens in front of you. The ready line carries a member of staff, made
anew each time, to sign in at the desk, and the printer's page: there the paper comes out, and you
can open the cover or take the paper away. Printed tickets lie in the folder's paper/, too.
With --printer the trial starts no printer of its own. It gives tickets at any hour; with
--outside-hours refuse it keeps the site's opening hours, as a station does.

${settingsHelp(["data", "port", "site", "printer", "outside-hours", "log-level", "headless"])}`,
	async run({ argv, env, cwd, top, files }) {
		const folder = join(top, ".demo");
		const paper = join(folder, "paper");
		const ownPrinter = `virtual:${paper}`;
		const configuration = readConfiguration(
			{ argv, env, cwd },
			{ data: folder, port: "0", printer: ownPrinter, "log-level": "warn", "outside-hours": "issue" },
		);
		const staff = await makeTrialStaff(configuration, files);
		const call = { argv, env, cwd, top, files };
		if (configuration.printer !== ownPrinter) {
			await showStation(configuration, call, (ready) => writeLine({ ...ready, staff }));
			return;
		}
		const printer = await startTrialPrinter(paper, files);
		try {
			await showStation(
				{ ...configuration, printer: printer.ready.printer },
				call,
				(ready) => writeLine({ ...ready, staff, printer: printer.ready.page }),
				printer.close,
			);
		} catch (fault) {
			await printer.close();
			throw fault;
		}
	},
};

/** In this process, so that it ends with the trial however that ends; the station meets it over TCP like any printer. */
function startTrialPrinter(paper: string, { screens }: AssetPaths): Promise<RunningPrinter> {
	const place = { host: "127.0.0.1", port: 0, page: 0, out: paper, screens };
	return startPrinter({ ...place, dialect: "epson", width: 576, faults: [], seed: 0 });
}

function writeLine(line: object): void {
	process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function makeTrialStaff(
	{ data, site }: StationConfiguration,
	files: AssetPaths,
): Promise<{ name: string; pin: string }> {
	const { database, close } = openStationDatabase(data, files.migrations);
	try {
		const pin = newPin();
		const { id: newId } = openRandom();
		const eventLog = openEventLog(database, { newId, streamId: newId(Date.now()), site, now: Date.now() });
		const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
		await staff.setPin(STAFF_NAME, pin, "administrator");
		return { name: STAFF_NAME, pin };
	} finally {
		close();
	}
}
