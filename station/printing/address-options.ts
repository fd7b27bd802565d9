import { UserError } from "../../lib/errors.ts";
import { NARROWEST_PAPER, type PaperWidth, WIDEST_PAPER } from "./bitmap.ts";
import { MAX_BAND_ROWS } from "./dialects/epson/epson.ts";
import { RESOLUTIONS, type Resolution } from "./resolution.ts";

const DIALECTS = ["epson", "star", "star-raster"] as const;
export type PrinterDialect = (typeof DIALECTS)[number];

/** What an address says of its printer. What it does not say follows from a profile, or is found out. */
export interface AddressOptions {
	dialect?: PrinterDialect;
	width?: PaperWidth;
	/** The dots of its head in an inch. */
	dpi?: Resolution;
	/** The printer is not asked to confirm that paper came out. */
	proof?: "sent";
	/** The printer answers no question. */
	status?: "none";
	/** The printer has no cutter. */
	cut?: "none";
	/** Paper after a ticket, in millimetres. */
	feedMm?: number;
	/** The most of one picture command. */
	band?: { rows: number } | { bytes: number };
	/** How dark it prints: 0 is the printer's own setting. */
	density?: number;
	/** How fast it prints: 1 is slowest. */
	speed?: number;
	/** The sensor for the end of the roll is not to be trusted. */
	nearEnd?: "ignore";
	/** A profile's name. */
	profile?: string;
}

const MM_WIDTHS: Readonly<Record<string, PaperWidth>> = { "80": 576, "58": 384 };
const MAX_FEED_MM = 100;

const OPTIONS_HELP =
	`use ?dialect=${DIALECTS.join(" or ")}, &width=80 or 58 (mm of paper) or ${NARROWEST_PAPER} to ${WIDEST_PAPER} (dots), &dpi=${RESOLUTIONS.join(" or ")}, &profile=NAME, &cut=none, &feed=MM, ` +
	"&band=ROWS or 4KB, &density=-6 to 6, &speed=1 to 13, &status=none, &proof=sent, &near-end=ignore, " +
	"and for a serial line baud=115200, each once.";

type Reader = (value: string) => AddressOptions | undefined;

/** Each option: what its value means, or undefined if it is not one. */
const READERS: Readonly<Record<string, Reader>> = {
	dialect(value) {
		const dialect = DIALECTS.find((one) => one === value);
		return dialect && { dialect };
	},
	width: readWidth,
	dpi(value) {
		const dpi = RESOLUTIONS.find((one) => String(one) === value);
		return dpi && { dpi };
	},
	proof: (value) => (value === "sent" ? { proof: value } : undefined),
	status: (value) => (value === "none" ? { status: value } : undefined),
	cut: (value) => (value === "none" ? { cut: value } : undefined),
	feed: (value) => (/^\d{1,3}$/.test(value) && Number(value) <= MAX_FEED_MM ? { feedMm: Number(value) } : undefined),
	band: readBand,
	density: (value) => (/^-?[0-6]$/.test(value) ? { density: Number(value) } : undefined),
	speed: (value) => (/^([1-9]|1[0-3])$/.test(value) ? { speed: Number(value) } : undefined),
	"near-end": (value) => (value === "ignore" ? { nearEnd: value } : undefined),
	profile: readProfileName,
};

/** Reads the part after the "?". Refuses an unknown name or value: it is a mistake that would print nonsense. */
export function readAddressOptions(
	query: string | undefined,
	{ isSerial, hasMore }: { isSerial: boolean; hasMore: boolean },
): AddressOptions & { baud?: string } {
	let options: AddressOptions & { baud?: string } = {};
	const names = new Set<string>();
	for (const part of query === undefined ? [] : query.split("&")) {
		const [, name = "", value = ""] = /^([^=]+)=([^=]+)$/.exec(part) ?? [];
		const read = name === "baud" && isSerial ? readBaud(value) : Object.hasOwn(READERS, name) && READERS[name]?.(value);
		if (hasMore || names.has(name) || !read) {
			throw refused(`${JSON.stringify(part)} is not an option of a printer's address: ${OPTIONS_HELP}`);
		}
		names.add(name);
		options = { ...options, ...read };
	}
	return options;
}

function readWidth(value: string): AddressOptions | undefined {
	if (!/^\d{1,4}$/.test(value)) return undefined;
	const width = MM_WIDTHS[value] ?? Number(value);
	// A picture has whole bytes: of 420 dots it takes 416.
	if (width >= NARROWEST_PAPER && width <= WIDEST_PAPER) return { width: width - (width % 8) };
	throw refused(
		`No printer for tickets is ${value} wide: use 80 or 58 (mm of paper), or the dots of its head, ${NARROWEST_PAPER} to ${WIDEST_PAPER}.`,
	);
}

function readBand(value: string): AddressOptions | undefined {
	const kilobytes = /^(\d{1,2})kb$/i.exec(value)?.[1];
	if (kilobytes !== undefined && Number(kilobytes) > 0) return { band: { bytes: Number(kilobytes) * 1_024 } };
	const rows = /^\d{1,3}$/.test(value) ? Number(value) : 0;
	return rows >= 1 && rows <= MAX_BAND_ROWS ? { band: { rows } } : undefined;
}

function readProfileName(value: string): AddressOptions | undefined {
	try {
		return { profile: decodeURIComponent(value.replaceAll("+", " ")) };
	} catch {
		return undefined;
	}
}

const readBaud = (value: string) => (/^\d{1,7}$/.test(value) ? { baud: value } : undefined);

function refused(sentence: string): UserError {
	return new UserError("PRINTER_URL", sentence);
}
