import { UserError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/settings/nearest.ts";
import file from "../../resources/printers/profiles.json" with { type: "json" };
import type { PrinterDialect } from "./address-options.ts";
import type { PaperWidth } from "./bitmap.ts";

/** Where a fact of a profile is from; the file says what each means. */
export type ProfileSource = "database" | "inherited" | "maker" | "usual";

/** What follows from a printer's model. The file names its source and its licence. */
export interface PrinterProfile {
	name: string;
	dialect: PrinterDialect;
	widthDots: PaperWidth;
	hasCutter: boolean;
	/** The most of one picture command, if its buffer is small. */
	bandBytes?: number;
	sources: { dialect: ProfileSource; width: ProfileSource; cutter: ProfileSource };
}

export const PROFILES = file.profiles as readonly PrinterProfile[];

/** Finds a profile whatever the case, the spaces and the hyphens. Throws UserError PRINTER_PROFILE, which names the nearest one. */
export function findProfile(name: string): PrinterProfile {
	const wanted = plainName(name);
	const found = PROFILES.find((profile) => plainName(profile.name) === wanted);
	if (found) return found;
	const names = PROFILES.map((profile) => profile.name);
	throw new UserError(
		"PRINTER_PROFILE",
		`There is no printer profile ${JSON.stringify(name)}.${didYouMean(name, names)} "paihao printer profiles" lists them; without one, name the printer's width with ?width= and its language with ?dialect=.`,
	);
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
