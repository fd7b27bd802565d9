import { UserError } from "../../lib/errors.ts";
import type { PrinterSetup, SheetAnswers } from "../../protocol/api/printer-setup.ts";
import { choicesFor, readKeptOptions } from "../printing/printer-choices.ts";
import { findProfile, PROFILES } from "../printing/printer-profiles.ts";
import { parsePrinterUrl } from "../printing/printer-url.ts";
import type { SetupSheetContent } from "../printing/render/setup-sheet-content.ts";
import { millimetresOf } from "../printing/resolution.ts";
import { sheetOptions } from "../printing/sheet-options.ts";
import { Refusal } from "../refusal.ts";
import type { OpenedPrinter } from "./ticket-printers.ts";

/** What a supervisor does at the set-up screen. */
export interface PrinterSetupService {
	read(): PrinterSetup;
	/** Takes the profile and prints the sheet. Refuses with PRINTER_PROFILE_UNKNOWN or PRINTER_NOT_READY. */
	printSheet(profile: string | null): Promise<void>;
	/** Keeps what a person saw on the sheet. */
	keep(answers: SheetAnswers): Promise<void>;
}

export interface PrinterSetupDeps {
	/** The station's printer as it is open now. */
	printer(): OpenedPrinter;
	/** What it can do. */
	describe(): Pick<PrinterSetup, "proof" | "abilities">;
	/** Opens the station's printer with what is kept by now. */
	reopen(): Promise<void>;
	/** Prints on the station's printer. Refuses with PRINTER_NOT_READY. */
	printSheet(content: SetupSheetContent): Promise<void>;
	now(): Pick<SetupSheetContent, "printedAt" | "timezone">;
}

export function makePrinterSetup({
	printer,
	describe,
	reopen,
	printSheet,
	now,
}: PrinterSetupDeps): PrinterSetupService {
	const keepOptions = async (options: string) => {
		const { known } = printer();
		if ((known.options ?? "") === options) return;
		known.keepOptions(options);
		await reopen();
	};

	return {
		read() {
			const { url, chosen, known, printer: opened } = printer();
			const address = parsePrinterUrl(url);
			const { profile, dialect } = choicesFor(address, chosen);
			const { settings } = opened;
			const { widthDots, dpi, format } = settings;
			const [place = url, query = ""] = url.split("?");
			return {
				place,
				profiles: PROFILES.map(({ name }) => name),
				profile: profile?.name ?? null,
				dialect,
				widthDots,
				hasCutter: format.hasCutter,
				feedMm: Math.round(millimetresOf(format.feedDots, dpi)),
				bandRows: format.bandRows,
				...describe(),
				kept: known.options === undefined || known.options === "" ? null : known.options,
				fixed: query.split("&").flatMap((option) => option.split("=")[0] || []),
			};
		},
		async printSheet(profile) {
			// Another choice: what was found before belongs to another model.
			if (profile !== null) await keepOptions(`profile=${encodeURIComponent(requireProfile(profile).name)}`);
			const { url, chosen, printer: opened } = printer();
			const { profile: used, dialect } = choicesFor(parsePrinterUrl(url), chosen);
			const { widthDots, dpi, format } = opened.settings;
			const { hasCutter } = format;
			await printSheet({ ...now(), profile: used?.name ?? null, dialect, widthDots, dpi, hasCutter });
		},
		async keep(answers) {
			const { url, chosen, printer: opened } = printer();
			const before = readKeptOptions(chosen.kept);
			await keepOptions(sheetOptions(answers, choicesFor(parsePrinterUrl(url), chosen), opened.settings, before));
		},
	};
}

function requireProfile(name: string) {
	try {
		return findProfile(name);
	} catch (error) {
		if (error instanceof UserError) throw new Refusal("PRINTER_PROFILE_UNKNOWN", { profile: name });
		throw error;
	}
}
