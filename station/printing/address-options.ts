import { UserError } from "../../lib/errors.ts";
import { NARROWEST_PAPER, type PaperWidth, WIDEST_PAPER } from "./bitmap.ts";
import { MAX_BAND_ROWS } from "./dialects/epson/epson.ts";
import { PAPER_MM, type PaperMm } from "./paper-dots.ts";
import { RESOLUTIONS, type Resolution } from "./resolution.ts";

const DIALECTS = ["epson", "star", "star-raster"] as const;
export type PrinterDialect = (typeof DIALECTS)[number];

/** What an address says of its printer. What it does not say follows from a profile, or is found out. */
export interface AddressOptions {
	dialect?: PrinterDialect;
	/** Of its head in dots, or of its paper in millimetres. */
	width?: PaperWidth | PaperMm;
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

const MAX_FEED_MM = 100;

type Reader = (value: string) => (AddressOptions & { baud?: string }) | undefined;

interface Option {
	/** What its value may be, for people. */
	values: string;
	/** What a value means, or undefined if it is not one. */
	read: Reader;
}

const OPTIONS: Readonly<Record<string, Option>> = {
	dialect: {
		values: oneOf(DIALECTS),
		read(value) {
			const dialect = DIALECTS.find((one) => one === value);
			return dialect && { dialect };
		},
	},
	width: {
		values: `80 or 58 (mm of paper), or ${NARROWEST_PAPER} to ${WIDEST_PAPER} (dots of its head)`,
		read: readWidth,
	},
	dpi: {
		values: oneOf(RESOLUTIONS),
		read(value) {
			const dpi = RESOLUTIONS.find((one) => String(one) === value);
			return dpi && { dpi };
		},
	},
	profile: { values: "the name of a model, as paihao printer profiles lists them", read: readProfileName },
	cut: { values: "none", read: (value) => (value === "none" ? { cut: value } : undefined) },
	feed: {
		values: `a whole number from 0 to ${MAX_FEED_MM} (mm)`,
		read: (value) => (/^\d{1,3}$/.test(value) && Number(value) <= MAX_FEED_MM ? { feedMm: Number(value) } : undefined),
	},
	band: { values: `1 to ${MAX_BAND_ROWS} (rows), or 1KB to 99KB`, read: readBand },
	density: {
		values: "a whole number from -6 to 6",
		read: (value) => (/^-?[0-6]$/.test(value) ? { density: Number(value) } : undefined),
	},
	speed: {
		values: "a whole number from 1 to 13",
		read: (value) => (/^([1-9]|1[0-3])$/.test(value) ? { speed: Number(value) } : undefined),
	},
	status: { values: "none", read: (value) => (value === "none" ? { status: value } : undefined) },
	proof: { values: "sent", read: (value) => (value === "sent" ? { proof: value } : undefined) },
	"near-end": { values: "ignore", read: (value) => (value === "ignore" ? { nearEnd: value } : undefined) },
};

const BAUD: Option = {
	values: "a whole number, such as 115200",
	read: (value) => (/^\d{1,7}$/.test(value) ? { baud: value } : undefined),
};

/** Reads the part after the "?". Refuses an unknown name or value: it is a mistake that would print nonsense. */
export function readAddressOptions(
	query: string | undefined,
	{ isSerial, hasMore }: { isSerial: boolean; hasMore: boolean },
): AddressOptions & { baud?: string } {
	let options: AddressOptions & { baud?: string } = {};
	if (hasMore) throw refused("A printer's address has one ?. Join its options with &, such as ?width=58&cut=none.");
	const names = new Set<string>();
	for (const part of query === undefined ? [] : query.split("&")) {
		const [, name = "", value = ""] = /^([^=]*)(?:=(.*))?$/.exec(part) ?? [];
		const option = optionOf(name, isSerial);
		if (!option) {
			const known = [...Object.keys(OPTIONS), ...(isSerial ? ["baud"] : [])].join(", ");
			throw refused(`${JSON.stringify(part)} is not an option of a printer's address. Its options are ${known}.`);
		}
		if (names.has(name)) throw refused(`The option ${name} is in the printer's address twice. Give it once.`);
		const read = option.read(value);
		if (!read)
			throw refused(`The option ${name} of a printer cannot be ${JSON.stringify(value)}: use ${option.values}.`);
		names.add(name);
		options = { ...options, ...read };
	}
	return options;
}

function optionOf(name: string, isSerial: boolean): Option | undefined {
	if (isSerial && name === "baud") return BAUD;
	return Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
}

function oneOf(values: readonly (string | number)[]): string {
	return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function readWidth(value: string): AddressOptions | undefined {
	if (!/^\d{1,4}$/.test(value)) return undefined;
	const mm = PAPER_MM.find((one) => String(one) === value);
	if (mm) return { width: mm };
	const width = Number(value);
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
	if (value === "") return undefined;
	try {
		return { profile: decodeURIComponent(value.replaceAll("+", " ")) };
	} catch {
		return undefined;
	}
}

function refused(sentence: string): UserError {
	return new UserError("PRINTER_URL", sentence);
}
