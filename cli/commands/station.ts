import { readConfiguration } from "../../station/app/configuration.ts";
import type { Command } from "../command.ts";
import { settingsHelp } from "../options-help.ts";
import { showStation } from "../run-with-kiosk.ts";

export const stationCommand: Command = {
	name: "station",
	summary: "run the station of one front desk",
	help: `Use: paihao station --data DIR --printer URL [options]

Runs the station: tickets, queue, printer, and the pages of kiosk, desk and board; the kiosk
opens on this machine where it has a display. When all is ready, one line of JSON with the
addresses is written on standard output. SIGTERM ends it.

${settingsHelp([
	"data",
	"port",
	"host",
	"network",
	"network-port",
	"tls-certificate",
	"tls-key",
	"plain-http",
	"site",
	"printer",
	"phone-address",
	"catalogue",
	"retention-days",
	"outside-hours",
	"log-level",
	"headless",
	"config",
])}`,
	async run(call) {
		await showStation(readConfiguration(call), call, (ready) => {
			process.stdout.write(`${JSON.stringify(ready)}\n`);
		});
	},
};
