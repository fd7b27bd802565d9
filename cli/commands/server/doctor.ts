import type { Command } from "commander";
import { readServerConfiguration } from "../../../server/app/configuration.ts";
import { SERVER_SETTINGS } from "../../../server/app/settings.ts";
import { type Context, defineCommand } from "../../define-command.ts";
import { runChecks } from "../../doctor/finding.ts";
import { serverChecks } from "../../doctor/server-checks.ts";
import { migrationsOf } from "./place.ts";

export function serverDoctorCommand(context: Context): Command {
	return defineCommand(context, {
		name: "doctor",
		summary: "check a server's machine and say what to do",
		description:
			"Checks folder rights, disk, clock, signing keys, port, database and pages. The server may be running. It ends with exit code 1 if something failed.",
		options: SERVER_SETTINGS,
		async run(invocation) {
			const settings = readServerConfiguration(invocation);
			const checks = serverChecks({
				settings,
				migrations: migrationsOf(invocation),
				screens: invocation.files.screens,
				now: Date.now(),
			});
			if (!(await runChecks(checks, invocation.print))) process.exitCode = 1;
		},
	});
}
