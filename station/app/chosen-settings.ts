import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { siteIdInputSchema } from "../../protocol/model/ids.ts";

/** In the data folder: the settings that a person chose at the screen, by their names. */
export const CHOSEN_SETTINGS_FILE = "chosen-settings.json";

const chosenSettingsSchema = z.strictObject({
	site: siteIdInputSchema.min(1).optional(),
	printer: z.string().min(1).optional(),
});
export type ChosenSettings = z.infer<typeof chosenSettingsSchema>;

/** Throws UserError CONFIGURATION_REFUSED where somebody has damaged the file. */
export function readChosenSettings(data: string): ChosenSettings {
	const file = join(data, CHOSEN_SETTINGS_FILE);
	if (!existsSync(file)) return {};
	try {
		return chosenSettingsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
	} catch (cause) {
		throw new UserError(
			"CONFIGURATION_REFUSED",
			`The file ${file} cannot be read. Delete it, then choose site and printer again at the kiosk or in supervision.`,
			{ exitCode: 2, cause },
		);
	}
}

/** Whole and on the disk when it returns, or as it was before. */
export function writeChosenSettings(data: string, chosen: ChosenSettings): void {
	const file = join(data, CHOSEN_SETTINGS_FILE);
	writeFileSync(`${file}.new`, `${JSON.stringify(chosen, undefined, "\t")}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
}
