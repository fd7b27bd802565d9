import { UserError } from "../../lib/errors.ts";
import file from "../../resources/printers/profiles.json" with { type: "json" };
import type { PaperWidth } from "./bitmap.ts";

/** What follows from a printer's model. The file names its source and its licence. */
export interface PrinterProfile {
	name: string;
	dialect: "epson" | "star";
	widthDots: PaperWidth;
	hasCutter: boolean;
}

const PROFILES = file.profiles as readonly PrinterProfile[];

/** Finds a profile whatever the case, the spaces and the hyphens. Throws UserError PRINTER_PROFILE, which names the nearest one. */
export function findProfile(name: string): PrinterProfile {
	const wanted = plainName(name);
	const found = PROFILES.find((profile) => plainName(profile.name) === wanted);
	if (found) return found;
	const nearest = PROFILES.toSorted((one, other) => distance(wanted, one) - distance(wanted, other)).at(0);
	throw new UserError(
		"PRINTER_PROFILE",
		`There is no printer profile ${JSON.stringify(name)}. The nearest is ${JSON.stringify(nearest?.name)}; without a profile, name the printer's width with ?width= and its language with ?dialect=.`,
	);
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

const distance = (wanted: string, { name }: PrinterProfile) => editDistance(wanted, plainName(name));

/** How many letters must change to turn one text into the other (Levenshtein). */
function editDistance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (let line = 1; line <= one.length; line++) {
		const next = [line];
		for (let column = 1; column <= other.length; column++) {
			const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
