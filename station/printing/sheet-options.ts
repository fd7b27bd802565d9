import type { SheetAnswers } from "../../protocol/api/printer-setup.ts";
import type { AddressOptions } from "./address-options.ts";
import type { PrinterChoices } from "./printer-choices.ts";
import type { PrinterSettings } from "./printer-settings.ts";

/** Small enough for every buffer that was reported, and still quick. */
const SMALL_BAND = "4KB";
const SMALL_BAND_ROWS = 64;
/** For a buffer that even this tears: a few rows. */
const SMALLEST_BAND = "24";
/** As far as the knife is from the head of most printers. */
const FEED_MM = 20;
const LONGEST_FEED_MM = 100;

/** The options that follow from what a person saw on the sheet, in the form of an address's options. */
export function sheetOptions(
	{ width, picture, cut }: SheetAnswers,
	{ profile, dialect }: Pick<PrinterChoices, "profile" | "dialect">,
	{ widthDots, format }: PrinterSettings,
	/** What an earlier sheet showed. It holds where this one came out well with it. */
	before: AddressOptions = {},
): string {
	const dots = Math.min(width, widthDots);
	const isKnownWidth = dots === (profile?.widthDots ?? 576);
	const smaller = format.bandRows <= SMALL_BAND_ROWS ? SMALLEST_BAND : SMALL_BAND;
	const band = picture === "torn" ? smaller : before.band && bandText(before.band);
	const feedMm = cut === "early" ? (before.feedMm ?? 0) + FEED_MM : before.feedMm;
	return [
		...(profile ? [`profile=${encodeURIComponent(profile.name)}`] : []),
		...(profile || dialect === "epson" ? [] : [`dialect=${dialect}`]),
		...(isKnownWidth ? [] : [`width=${dots}`]),
		...(cut === "none" ? ["cut=none"] : []),
		...(feedMm === undefined ? [] : [`feed=${Math.min(feedMm, LONGEST_FEED_MM)}`]),
		// Other dialects have no bands.
		...(band !== undefined && dialect === "epson" ? [`band=${band}`] : []),
	].join("&");
}

function bandText(band: NonNullable<AddressOptions["band"]>): string {
	return "rows" in band ? String(band.rows) : `${band.bytes / 1_024}KB`;
}
