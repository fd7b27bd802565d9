import type { Command } from "commander";
import { openLog } from "../../lib/log.ts";
import { readServerConfiguration } from "../../server/app/configuration.ts";
import { SERVER_SETTINGS } from "../../server/app/settings.ts";
import { startServer } from "../../server/app/start-server.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { alignLabels } from "../print.ts";
import { SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS, shutDownOnSignal } from "../shutdown-on-signal.ts";
import { startWatchdog } from "../watchdog.ts";
import { adminCommand } from "./server/admin.ts";
import { serverDoctorCommand } from "./server/doctor.ts";
import { exportCommand, importCommand, markBackupCommand } from "./server/export.ts";
import { migrationsOf } from "./server/place.ts";
import { codeCommand, removeCommand, revokeCommand } from "./server/stations.ts";
import { serverStatisticsCommand } from "./server/statistics.ts";

export function serverCommand(context: Context): Command {
	return defineCommand(context, {
		name: "server",
		summary: "run the central server of a network of stations",
		description: `Without --database the server runs a PostgreSQL of its own in the data folder. SIGTERM ends the server. Several
servers on one --database work side by side.`,
		options: SERVER_SETTINGS,
		commands: [
			codeCommand(context),
			revokeCommand(context),
			removeCommand(context),
			adminCommand(context),
			exportCommand(context),
			importCommand(context),
			markBackupCommand(context),
			serverStatisticsCommand(context),
			serverDoctorCommand(context),
		],
		async run(invocation) {
			const { logLevel, ...settings } = readServerConfiguration(invocation);
			const { version, screens } = invocation.files;
			const log = openLog(logLevel);
			const server = await startServer(
				{ ...settings, migrations: migrationsOf(invocation), version, screens },
				{ log, clock: Date.now },
			);
			shutDownOnSignal(server.close, { timeoutMs: SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS, log });
			startWatchdog(invocation.env);
			const addresses = alignLabels([
				["Stations enrol at", server.origin],
				["Fleet", `${server.origin}/fleet`],
			]);
			invocation.print(
				{ ready: "server", pid: process.pid, server: server.origin },
				`The server is open.\n${addresses}\nMake an account with: paihao server admin add NAME --data ${settings.data}\nPress Ctrl+C to end it.`,
			);
		},
	});
}
