import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { settingsJsonSchema } from "../../lib/settings/json-schema.ts";
import { didYouMean } from "../../lib/settings/nearest.ts";
import { SERVER_SETTINGS } from "../../server/app/settings.ts";
import { STATION_SETTINGS } from "../../station/app/settings.ts";
import { type Context, defineCommand } from "../define-command.ts";

/** The settings files' schemas, by the program that reads the file. */
export const SETTINGS_SCHEMAS = {
	station: settingsJsonSchema(STATION_SETTINGS, "paihao.json of a station"),
	server: settingsJsonSchema(SERVER_SETTINGS, "paihao.json of a server"),
};

export function configCommand(context: Context): Command {
	return defineCommand(context, {
		name: "config",
		summary: "print the JSON schema of the settings file",
		commands: [
			defineCommand(context, {
				name: "schema",
				summary: "print the JSON schema of paihao.json, for an editor",
				description:
					'PROGRAM is station (the default) or server. An editor uses the schema that the key "$schema" names.',
				operands: "[program]",
				async run({ operands: [asked = "station"], stdout }) {
					const schema = Object.entries(SETTINGS_SCHEMAS).find(([name]) => name === asked)?.[1];
					if (schema === undefined)
						throw new UserError(
							"USAGE",
							`There is no program "${asked}".${didYouMean(asked, Object.keys(SETTINGS_SCHEMAS))}`,
							{ exitCode: 2 },
						);
					stdout.write(`${JSON.stringify(schema, undefined, "\t")}\n`);
				},
			}),
		],
	});
}
