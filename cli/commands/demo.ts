import { join } from "node:path";
import type { Command } from "commander";
import { openStationDatabase } from "../../db/station/open.ts";
import { openRandom } from "../../lib/random.ts";
import { type RunningPrinter, startPrinter } from "../../printer-simulator/start-simulator.ts";
import type { AssetPaths } from "../../station/app/asset-paths.ts";
import { readConfiguration, type StationConfiguration } from "../../station/app/configuration.ts";
import type { ReadyLine } from "../../station/app/ready-message.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { STATION_SETTINGS } from "../../station/app/settings.ts";
import { openEventLog } from "../../station/events/event-log.ts";
import { newPin } from "../../station/staff/new-pin.ts";
import { openStaffAccounts } from "../../station/staff/staff-accounts.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { showStation } from "../run-with-kiosk.ts";
import { describeStation } from "./station.ts";

const STAFF_NAME = "demo";
const { data, port, printer } = STATION_SETTINGS;
/** Whatever a station takes: the demo has other defaults, and makes its own printer. */
const OPTIONS = {
	...STATION_SETTINGS,
	data: { ...data, help: "the demo's data folder", isRequired: false, defaultValue: ".demo" },
	port: { ...port, defaultValue: 0 },
	printer: { ...printer, help: "another printer than the demo's own", isRequired: false },
	"outside-hours": { ...STATION_SETTINGS["outside-hours"], defaultValue: "issue" },
	"log-level": { ...STATION_SETTINGS["log-level"], defaultValue: "warn" },
};

export function demoCommand(context: Context): Command {
	return defineCommand(context, {
		name: "demo",
		summary: "try the product: a station with a virtual printer, on this machine alone",
		description: `A station with the default catalogue and a virtual printer, on loopback, in the folder .demo of the product. The kiosk
opens in front of you. A member of staff is made at each start, to sign in at the desk. The printer has a page: the
paper comes out there, and you can open the cover or take the paper away. Printed tickets are also in paper/ of the
folder. The demo issues tickets at any hour.`,
		options: OPTIONS,
		async run(invocation) {
			const { top, files, print } = invocation;
			const folder = join(top, ".demo");
			const ownPrinter = `virtual:${join(folder, "paper")}`;
			const configuration = readConfiguration(invocation, {
				data: folder,
				port: 0,
				printer: ownPrinter,
				"log-level": "warn",
				"outside-hours": "issue",
			});
			const staff = await makeDemoStaff(configuration, files);
			const signIn = `Sign in at the desk as "${staff.name}" with the PIN ${staff.pin}.`;
			if (configuration.printer !== ownPrinter) {
				const onReady = (ready: ReadyLine) => print({ ...ready, staff }, describeStation(ready, signIn));
				await showStation(configuration, invocation, { onReady, mayLeave: true });
				return;
			}
			const printer = await startDemoPrinter(join(configuration.data, "paper"), files);
			const { page } = printer.ready;
			try {
				await showStation({ ...configuration, printer: printer.ready.printer }, invocation, {
					onReady: (ready) => print({ ...ready, staff, printer: page }, describeStation(ready, signIn, page)),
					onClose: printer.close,
					mayLeave: true,
				});
			} catch (error) {
				await printer.close();
				throw error;
			}
		},
	});
}

/** In this process, so that it ends with the demo however that ends. The station reaches it over TCP like any printer. */
function startDemoPrinter(paper: string, { screens }: AssetPaths): Promise<RunningPrinter> {
	const place = { host: "127.0.0.1", port: 0, page: 0, out: paper, screens };
	return startPrinter({ ...place, dialect: "epson", width: 576, behaviours: [], faults: [], seed: 0 });
}

async function makeDemoStaff(
	{ data, site }: StationConfiguration,
	files: AssetPaths,
): Promise<{ name: string; pin: string }> {
	const { database, close } = openStationDatabase(data, files.migrations);
	try {
		const pin = newPin();
		const { id: newId } = openRandom();
		const eventLog = openEventLog(database, { newId, streamId: newId(Date.now()), site, now: Date.now() });
		const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
		await staff.setPin(STAFF_NAME, pin, "administrator", { now: Date.now() });
		return { name: STAFF_NAME, pin };
	} finally {
		close();
	}
}
