import { assetPathsUnder } from "../station/app/asset-paths.ts";
import { SETTINGS_SCHEMAS } from "./commands/config.ts";
import { makeProgram } from "./program.ts";
import { commandLineReference, errorsReference, settingsReference } from "./reference.ts";

/** Text by path under the product's top folder. */
export async function referenceFiles(top: string): Promise<Record<string, string>> {
	const files = assetPathsUnder(top, "0.0.0");
	const program = await makeProgram({ env: {}, cwd: top, top, files, stdout: process.stdout });
	const schema = (name: keyof typeof SETTINGS_SCHEMAS) =>
		`${JSON.stringify(SETTINGS_SCHEMAS[name], undefined, "\t")}\n`;
	return {
		"docs/reference/command-line.md": commandLineReference(program),
		"docs/reference/settings.md": settingsReference(),
		"docs/reference/errors.md": errorsReference(),
		"resources/settings/station.schema.json": schema("station"),
		"resources/settings/server.schema.json": schema("server"),
	};
}
