import type { Command } from "commander";
import { UserError } from "../../../lib/errors.ts";
import { openAdministrators } from "../../../server/fleet/administrators.ts";
import { type Context, defineCommand } from "../../define-command.ts";
import { PLACE_OPTIONS, requireServer, withServerDatabase } from "./place.ts";

export function adminCommand(context: Context): Command {
	return defineCommand(context, {
		name: "admin",
		summary: "add, list or remove the accounts for the page /fleet",
		description: "The server may be running.",
		commands: [
			defineCommand(context, {
				name: "add",
				summary: "make an account, or give an account a new password, and print the password once",
				operands: "<name>",
				options: PLACE_OPTIONS,
				async run(invocation) {
					const [name = ""] = invocation.operands;
					const password = await withServerDatabase(requireServer(invocation), (database) =>
						openAdministrators(database).add(name),
					);
					invocation.print(
						{ administrator: name, password },
						`${name} signs in with the password ${password}. It is shown once.`,
					);
				},
			}),
			defineCommand(context, {
				name: "list",
				summary: "print the names of all accounts",
				options: PLACE_OPTIONS,
				async run(invocation) {
					const names = await withServerDatabase(requireServer(invocation), (database) =>
						openAdministrators(database).list(),
					);
					for (const name of names) invocation.print({ administrator: name }, name);
				},
			}),
			defineCommand(context, {
				name: "remove",
				summary: "remove an account and end its sessions",
				operands: "<name>",
				options: PLACE_OPTIONS,
				async run(invocation) {
					const [name = ""] = invocation.operands;
					const isRemoved = await withServerDatabase(requireServer(invocation), (database) =>
						openAdministrators(database).remove(name),
					);
					if (!isRemoved)
						throw new UserError(
							"ADMINISTRATOR_UNKNOWN",
							`There is no administrator called ${name}. "paihao server admin list" prints the names.`,
						);
				},
			}),
		],
	});
}
