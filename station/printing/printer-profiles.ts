import { UserError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/settings/nearest.ts";
import file from "../../resources/printers/profiles.json" with { type: "json" };
import type { PrinterDialect } from "./address-options.ts";
import type { PaperWidth } from "./bitmap.ts";
import type { Resolution } from "./resolution.ts";

/** Where a fact of a profile is from; the file says what each means. */
export type ProfileSource = "database" | "inherited" | "maker" | "usual";

/** What follows from a printer's model. The file names its source and its licence. */
export interface PrinterProfile {
	name: string;
	/** Other names of it, and models that differ only in their speed. */
	aliases?: readonly string[];
	dialect: PrinterDialect;
	widthDots: PaperWidth;
	/** Where it is not the usual 203. From where the width is from. */
	dpi?: Resolution;
	hasCutter: boolean;
	/** The most of one picture command, if its buffer is small. */
	bandBytes?: number;
	sources: { dialect: ProfileSource; width: ProfileSource; cutter: ProfileSource };
}

export const PROFILES = file.profiles as readonly PrinterProfile[];

/**
 * Finds a profile by its name, an alias, or the model without its maker, whatever the case, the spaces and the hyphens;
 * makers by their Chinese names too, and without words such as "printer". Throws UserError PRINTER_PROFILE, which names the nearest one.
 */
export function findProfile(name: string): PrinterProfile {
	const wanted = plainName(name);
	const found = BY_NAME.get(wanted) ?? BY_NAME.get(plainName(withoutEmptyWords(name)));
	if (found) return found;
	const names = new Map([...BY_NAME].map(([plain, profile]) => [plain, profile.name]));
	throw new UserError(
		"PRINTER_PROFILE",
		`There is no printer profile ${JSON.stringify(name.slice(0, LONGEST_QUOTED))}.${modelsOf(wanted) ?? didYouMean(wanted, [...names.keys()], (plain) => `"${names.get(plain)}"`)} "paihao printer profiles" lists them; without one, name the printer's width with ?width= and its language with ?dialect=.`,
	);
}

/** What else a maker or a word is called. Longest first: "Star Micronics" is more than "Star". */
const SAME = Object.entries({ ...file.makers, ...file.otherWords })
	.map(([word, meant]) => [word.toLowerCase(), meant.toLowerCase()] as const)
	.toSorted(([one], [other]) => other.length - one.length);
/** Enough of a name to see what was meant. */
const LONGEST_QUOTED = 60;

/** Words that name no model. Latin ones only where they stand alone: "Xprinter" is a maker. */
const EMPTY_WORDS = new RegExp(
	file.emptyWords.map((word) => (/^\w+$/.test(word) ? `\\b${word}\\b` : word)).join("|"),
	"gu",
);

const withoutEmptyWords = (name: string) => name.normalize("NFKC").toLowerCase().replace(EMPTY_WORDS, " ");

function plainName(name: string): string {
	const text = name.normalize("NFKC").toLowerCase();
	const known = SAME.reduce((all, [word, meant]) => all.replace(word, meant), text);
	return known.replace(/[^\p{L}\p{N}]/gu, "");
}

/** By every name. A profile's own name wins over another's alias; a model that two makers have is none of them. */
const BY_NAME = byName();

function byName(): Map<string, PrinterProfile> {
	const names = new Map<string, PrinterProfile>();
	const models = PROFILES.map((profile) => ({ profile, model: plainName(profile.name.replace(/^\S+ /, "")) }));
	for (const { profile, model } of models) {
		if (models.filter((one) => one.model === model).length === 1) names.set(model, profile);
	}
	for (const profile of PROFILES) {
		for (const alias of profile.aliases ?? []) {
			names.set(plainName(alias), profile);
			if (alias.startsWith(`${makerOf(profile)} `)) names.set(plainName(alias.replace(/^\S+ /, "")), profile);
		}
	}
	for (const profile of PROFILES) names.set(plainName(profile.name), profile);
	return names;
}

function makerOf({ name }: PrinterProfile): string {
	return name.split(" ")[0] ?? "";
}

/** What there is where only a maker was named. */
function modelsOf(wanted: string): string | undefined {
	const models = PROFILES.filter((profile) => plainName(makerOf(profile)) === wanted).map(({ name }) => `"${name}"`);
	return models.length === 0 ? undefined : ` Of this maker there are ${models.join(", ")}.`;
}
