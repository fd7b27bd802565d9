import { readConfiguration, type StationConfiguration } from "../../station/configuration.ts";
import { openLog } from "../../station/log.ts";
import type { ProductFiles } from "../../station/product-files.ts";
import { makeReadyLine, type ReadyLine } from "../../station/ready-line.ts";
import { serve } from "../../station/serve.ts";
import { openStation } from "../../station/station.ts";
import type { Command } from "../command.ts";
import { onLeave } from "../leaving.ts";
import { settingsHelp } from "../options-help.ts";

export const stationCommand: Command = {
	name: "station",
	summary: "run the station of one front desk",
	help: `Use: paihao station --data DIR --printer URL [options]

Runs the station: tickets, queue, printer, and the pages of kiosk, desk and board. When it is
ready it writes one line of JSON with their addresses on standard output. SIGTERM ends it.

${settingsHelp(["data", "port", "host", "site", "printer", "catalogue", "log-level", "headless", "config"])}`,
	async run({ argv, env, cwd, files }) {
		const { ready, close } = await runStation(readConfiguration({ argv, env, cwd }), files);
		onLeave(close);
		process.stdout.write(`${JSON.stringify(ready)}\n`);
	},
};

/** A station with its HTTP door open. */
export async function runStation(
	configuration: StationConfiguration,
	files: ProductFiles,
): Promise<{ ready: ReadyLine; close(): Promise<void> }> {
	const log = openLog(configuration.logLevel);
	const station = await openStation(configuration, { files, log, clock: Date.now });
	try {
		const { host } = configuration;
		const serving = await serve(station.door, configuration);
		return {
			ready: makeReadyLine({ host, port: serving.port, pid: process.pid, kioskKey: station.kioskKey }),
			async close() {
				await serving.close();
				await station.close();
			},
		};
	} catch (fault) {
		await station.close();
		throw fault;
	}
}
