import { join } from "node:path";
import { openStationDatabase } from "../../db/station/open.ts";
import { readConfiguration } from "../../station/configuration.ts";
import { openStaffBook } from "../../station/door/staff.ts";
import type { ProductFiles } from "../../station/product-files.ts";
import { openRandom } from "../../station/random.ts";
import { openSecrets } from "../../station/secrets.ts";
import type { Command } from "../command.ts";
import { settingsHelp } from "../options-help.ts";
import { showStation } from "../show-station.ts";
import { newPin } from "./staff.ts";

const STAFF_NAME = "trial";

export const trialCommand: Command = {
	name: "trial",
	summary: "everything on this machine, in a folder of its own, to try the product",
	help: `Use: paihao trial [options]

A station with the default catalogue and a virtual printer, on loopback, in the folder .trial
of the product; the kiosk opens in front of you. The ready line carries a member of staff, made
anew each time, to sign in at the desk. Printed tickets lie in the folder's paper/.

${settingsHelp(["data", "port", "site", "printer", "log-level", "headless"])}`,
	async run({ argv, env, cwd, top, files }) {
		const folder = join(top, ".trial");
		const configuration = readConfiguration(
			{ argv, env, cwd },
			{ data: folder, port: "0", printer: `virtual:${join(folder, "paper")}`, "log-level": "warn" },
		);
		const staff = await makeTrialStaff(configuration.data, files);
		await showStation(configuration, { argv, env, cwd, top, files }, (ready) => {
			process.stdout.write(`${JSON.stringify({ ...ready, staff })}\n`);
		});
	},
};

async function makeTrialStaff(data: string, files: ProductFiles): Promise<{ name: string; pin: string }> {
	const { database, close } = openStationDatabase(data, files.migrations);
	try {
		const pin = newPin();
		const staff = openStaffBook(database, openSecrets(data).pinPepper, openRandom().id);
		await staff.setPin(STAFF_NAME, pin);
		return { name: STAFF_NAME, pin };
	} finally {
		close();
	}
}
