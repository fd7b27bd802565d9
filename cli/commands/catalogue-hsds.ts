import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { oneOf, onOff, text } from "../../lib/settings/setting.ts";
import { checkCatalogue, fileReader } from "../../protocol/catalogue/check-catalogue.ts";
import { readHsds } from "../../protocol/catalogue/hsds/read-hsds.ts";
import { writeHsds } from "../../protocol/catalogue/hsds/write-hsds.ts";
import type { CatalogueBody } from "../../protocol/documents/signed-document.ts";
import { LANGUAGES } from "../../protocol/model/language.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { readCatalogue } from "../read-catalogue.ts";

const FORMATS = ["hsds"] as const;

const SHARED = {
	format: {
		...oneOf(FORMATS),
		placeholder: "FORMAT",
		fallback: "hsds",
		help: "the other format: hsds is Open Referral's Human Services Data Specification 3, as JSON",
		isFlagOnly: true,
	},
	language: {
		...oneOf(LANGUAGES),
		placeholder: "LANGUAGE",
		fallback: "en",
		help: "the language of the file's texts",
		isFlagOnly: true,
	},
} as const;

const IMPORT = {
	...SHARED,
	to: {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "the folder to write, new or empty",
		isFlagOnly: true,
	},
	timezone: {
		...text("an IANA time zone"),
		placeholder: "ZONE",
		fallback: "Asia/Shanghai",
		help: "the time zone of sites that say none",
		isFlagOnly: true,
	},
	"dry-run": { ...onOff, help: "say what the file holds, but write nothing", isFlagOnly: true },
} as const;

const EXPORT = {
	...SHARED,
	to: { ...text("the path of a file"), placeholder: "FILE", help: "the file to write", isFlagOnly: true },
} as const;

/** A catalogue from and to the formats of other directories. */
export function catalogueFormatCommands(context: Context): Command[] {
	return [
		defineCommand(context, {
			name: "import",
			summary: "make a catalogue from another directory's file (HSDS 3)",
			description: `FILE is JSON: a service, an organization, a service at a location, a location, a list of them, or a page of an HSDS
API. The answer names what has no place in a catalogue (leftOut), what was taken as usual (assumed), and what stations
would reject (errors). Look at these, then at the folder, before you publish it.`,
			operands: "<file>",
			options: IMPORT,
			async run({ operands: [file = ""], options, cwd, print }) {
				const { language = "en", timezone = "Asia/Shanghai", to, "dry-run": isDryRun } = options();
				const json = readJson(resolve(cwd, file));
				const today = new Date().toISOString().slice(0, 10);
				const { body, leftOut, assumed } = readHsds(json, { language, timezone, today });
				const { services, locations, notOffered, rejected: errors } = checkCatalogue(fileReader(body));
				const report = { topics: services.length, sites: locations.length, notOffered, leftOut, assumed, errors };
				if (services.length + notOffered.length + locations.length === 0)
					throw new UserError("CATALOGUE_EMPTY", `Nothing was written. ${file} has no service that can be read.`);
				if (isDryRun === true) return print({ isDryRun: true, ...report });
				if (to === undefined)
					throw new UserError("USAGE", "Name the folder to write with --to, or try with --dry-run.");
				writeFolder(resolve(cwd, to), body);
				print({ written: to, ...report });
			},
		}),
		defineCommand(context, {
			name: "export",
			summary: "write a catalogue for other directories (HSDS 3)",
			description: `Writes a page of services as an HSDS API gives it. What HSDS has no member for is in one attribute of each entry, so
that an import gives the same catalogue back. The answer names it (leftOut). Without --to the page is printed alone.`,
			operands: "<catalogue>",
			options: EXPORT,
			async run({ operands: [path = ""], options, cwd, print }) {
				const { language = "en", to } = options();
				const { page, leftOut } = writeHsds(readCatalogue(resolve(cwd, path)), { language, uuidOf });
				if (to === undefined) return print(page);
				writeFileSync(resolve(cwd, to), `${JSON.stringify(page, null, "\t")}\n`);
				print({ written: to, leftOut });
			},
		}),
	];
}

/** A name-based UUID (RFC 9562, version 8): the same text has the same id in every export. */
function uuidOf(name: string): string {
	const hex = createHash("sha256").update(`paihao catalogue ${name}`).digest("hex");
	const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join("-");
}

function readJson(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new UserError("CATALOGUE_UNREADABLE", `Nothing was written. ${file} cannot be read as JSON: ${why}`, {
			cause,
		});
	}
}

function writeFolder(folder: string, body: CatalogueBody): void {
	if (existsSync(folder) && readdirSync(folder).length > 0)
		throw new UserError("FOLDER_NOT_EMPTY", `Nothing was written. The folder ${folder} is not empty. Name another.`);
	for (const [name, json] of Object.entries(body)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), `${JSON.stringify(json, null, "\t")}\n`);
	}
}
