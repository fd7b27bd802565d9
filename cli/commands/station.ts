import type { Command } from "commander";
import { readConfiguration } from "../../station/app/configuration.ts";
import type { ReadyLine } from "../../station/app/ready-message.ts";
import { STATION_SETTINGS } from "../../station/app/settings.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { alignLabels } from "../print.ts";
import { showStation } from "../run-with-kiosk.ts";

export function stationCommand(context: Context): Command {
	return defineCommand(context, {
		name: "station",
		summary: "run the station of one front desk",
		description: `Runs tickets, queue and printer, and serves the pages of kiosk, desk and board. The kiosk opens on this machine
where it has a display. SIGTERM ends the station.`,
		options: STATION_SETTINGS,
		async run(invocation) {
			const configuration = readConfiguration(invocation);
			const signIn = `Add staff with: paihao staff add NAME --data ${configuration.data}`;
			await showStation(configuration, invocation, {
				onReady: (ready) => invocation.print(ready, describeStation(ready, signIn)),
			});
		},
	});
}

/** What is open where, and how to sign in. */
export function describeStation(ready: ReadyLine, signIn: string, printerPage?: string): string {
	const addresses = alignLabels([
		["Kiosk", ready.kiosk],
		["Desk", ready.desk],
		["Board", ready.board],
		["Printer", printerPage],
		["Set up a device", ready.network[0] && `${ready.network[0]}/setup`],
		["Certificate", ready.fingerprint],
	]);
	return `The station is open.\n${addresses}\n${signIn}\nPress Ctrl+C to end it.`;
}
