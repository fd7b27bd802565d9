import type { Command } from "commander";
import { prepareConnections } from "../../lib/outgoing-connections.ts";
import { readConfiguration } from "../../station/app/configuration.ts";
import { STATION_SETTINGS } from "../../station/app/settings.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { runChecks } from "../doctor/finding.ts";
import { stationChecks } from "../doctor/station-checks.ts";

export function doctorCommand(context: Context): Command {
	return defineCommand(context, {
		name: "doctor",
		summary: "check a station's machine and say what to do",
		description: `Checks folder rights, disk, database, catalogue, clock, ports, certificate, printer, screens, display and server. Run it
as the station's user, with the same settings. The station may be running. It changes nothing, and ends with exit code 1
if something failed. "paihao server doctor" does the same for a server.`,
		options: STATION_SETTINGS,
		async run(invocation) {
			const configuration = readConfiguration(invocation);
			const { files, top, print } = invocation;
			prepareConnections({ ca: configuration.ca, env: invocation.env });
			const checks = stationChecks({ configuration, files, top, now: Date.now(), env: process.env });
			if (!(await runChecks(checks, print))) process.exitCode = 1;
		},
	});
}
