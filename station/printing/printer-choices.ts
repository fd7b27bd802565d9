import { UserError } from "../../lib/errors.ts";
import { type AddressOptions, type PrinterDialect, readAddressOptions } from "./address-options.ts";
import { dotsAcross, type PaperMm } from "./paper-dots.ts";
import { findProfile, type PrinterProfile } from "./printer-profiles.ts";
import { type PrinterSettings, printerSettings, rowsWithin, TEAR_BAR_MM } from "./printer-settings.ts";
import { dotsIn, USUAL_RESOLUTION } from "./resolution.ts";

/** Where nothing says how wide its paper is. */
const USUAL_PAPER_MM: PaperMm = 80;

/** What is said of a printer besides its address. */
export interface ChosenOptions {
	/** What a person found with the set-up sheet, in the form of an address's options: "profile=Xprinter+XP-80&cut=none". */
	kept?: string | undefined;
	/** The model that the setting names. */
	profile?: string | undefined;
}

/** Everything that is said of a printer, with its profile. */
export interface PrinterChoices extends Omit<AddressOptions, "profile" | "dialect"> {
	profile: PrinterProfile | undefined;
	dialect: PrinterDialect;
}

/**
 * The address's own options win over those that were kept, these over the profile that the setting names. Throws
 * UserError PRINTER_PROFILE or PRINTER_URL.
 */
export function choicesFor(address: AddressOptions, { kept, profile: setting }: ChosenOptions): PrinterChoices {
	const given: AddressOptions = {
		...(setting !== undefined && { profile: setting }),
		...readKeptOptions(kept),
		...address,
	};
	const profile = given.profile === undefined ? undefined : findProfile(given.profile);
	const dialect = given.dialect ?? profile?.dialect ?? "epson";
	const onlyEpson = (["band", "density", "speed"] as const).find((option) => given[option] !== undefined);
	if (dialect !== "epson" && onlyEpson !== undefined) {
		throw new UserError(
			"PRINTER_URL",
			`The option ${onlyEpson} is for Epson printers and their clones, not for ${dialect}: leave it out, and set it at the printer itself if you need it.`,
		);
	}
	return { ...given, profile, dialect };
}

/** Throws UserError PRINTER_URL or PRINTER_PROFILE. */
export function readKeptOptions(kept: string | undefined): AddressOptions {
	return kept === undefined || kept === "" ? {} : readAddressOptions(kept, { isSerial: false, hasMore: false });
}

export function settingsFor({ profile, band, cut, feedMm, density, speed, ...given }: PrinterChoices): PrinterSettings {
	const { width = profile?.widthDots ?? USUAL_PAPER_MM, dpi = profile?.dpi ?? USUAL_RESOLUTION } = given;
	const widthDots = dotsAcross(width, dpi);
	const hasCutter = cut !== "none" && profile?.hasCutter !== false;
	const most = band ?? (profile?.bandBytes === undefined ? undefined : { bytes: profile.bandBytes });
	const bandRows = most && ("rows" in most ? most.rows : rowsWithin(most.bytes, widthDots));
	return printerSettings({
		widthDots,
		dpi,
		asksStatus: given.status !== "none",
		proof: given.proof ?? "strongest",
		ignoresNearEnd: given.nearEnd === "ignore",
		format: {
			hasCutter,
			feedDots: dotsIn(feedMm ?? (hasCutter ? 0 : TEAR_BAR_MM), dpi),
			...(bandRows !== undefined && { bandRows }),
			...(density !== undefined && { density }),
			...(speed !== undefined && { speed }),
		},
	});
}
