import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { writePrivateFile } from "../../lib/write-private-file.ts";
import { siteIdInputSchema } from "../../protocol/model/ids.ts";
import type { InheritedPrinter } from "../../protocol/sync/inherited-settings.ts";
import { PROFILES } from "../printing/printer-profiles.ts";
import { isNetworkPrinter } from "../printing/printer-url.ts";

/** In the data folder: the settings that a person chose at the screen, by their names. */
export const CHOSEN_SETTINGS_FILE = "chosen-settings.json";

const chosenSettingsSchema = z.strictObject({
	site: siteIdInputSchema.min(1).optional(),
	printer: z.string().min(1).optional(),
	/** What the device before this one printed on: offered, and used only if somebody chooses it. */
	inheritedPrinter: z.strictObject({ address: z.string().min(1), profile: z.string().nullable() }).optional(),
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

/**
 * Keeps the printer of the device before this one, to be offered. Only a printer on the network: any other address would
 * let the server name a file of this machine.
 */
export function offerPrinter(data: string, { address, profile }: InheritedPrinter): void {
	if (!isNetworkPrinter(address)) return;
	const isKnown = PROFILES.some(({ name }) => name === profile);
	const inheritedPrinter = { address, profile: isKnown ? profile : null };
	writeChosenSettings(data, { ...readChosenSettings(data), inheritedPrinter });
}

/** Whole and on the disk when it returns, or as it was before. */
export function writeChosenSettings(data: string, chosen: ChosenSettings): void {
	writePrivateFile(join(data, CHOSEN_SETTINGS_FILE), `${JSON.stringify(chosen, undefined, "\t")}\n`);
}
