import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { ServerDatabase } from "../../db/server/open.ts";
import { UserError } from "../../lib/errors.ts";
import { onOff, text } from "../../lib/settings/setting.ts";
import { checkCatalogue, fileReader } from "../../protocol/catalogue/check-catalogue.ts";
import { findMissingTexts } from "../../protocol/catalogue/missing-texts.ts";
import type { RejectedEntry } from "../../protocol/catalogue/rejected-entry.ts";
import {
	type CatalogueBody,
	type ConfigurationBody,
	configurationBodySchema,
} from "../../protocol/documents/signed-document.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { type Documents, openDocuments } from "../../server/documents/documents.ts";
import {
	openSigningKeys,
	readSigningKeys,
	type SigningKeys,
	saveSigningKeys,
	signingKeysIn,
} from "../../server/documents/signing-keys.ts";
import { openEnrolment } from "../../server/fleet/enrolment.ts";
import { type Context, defineCommand, type Invocation } from "../define-command.ts";
import type { Print } from "../print.ts";
import { parseJsonFile, readCatalogue } from "../read-catalogue.ts";
import { catalogueFormatCommands } from "./catalogue-hsds.ts";
import { PLACE_OPTIONS, requireServer, withServerDatabase } from "./server/place.ts";

/** Who published, for the record: a command has no account. */
const BY_COMMAND = "paihao catalogue";

const KEYS_OPTIONS = {
	...PLACE_OPTIONS,
	key: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "signing-keys.json, if it is kept elsewhere than in the server's data folder",
		isFlagOnly: true,
	},
} as const;

const PUBLISH_OPTIONS = {
	...KEYS_OPTIONS,
	"allow-missing-sites": {
		...onOff,
		help: "publish although the catalogue lacks the site of an enrolled station",
		isFlagOnly: true,
	},
} as const;

export function catalogueCommand(context: Context): Command {
	return defineCommand(context, {
		name: "catalogue",
		summary: "check a catalogue and publish it, signed, to every station; also a configuration",
		description: `A catalogue is a folder as resources/catalogue, or one JSON file with the folder's files by name. The server may be
running: stations are told at once and load it within half a minute. An error leaves everything as it was.`,
		commands: [
			defineCommand(context, {
				name: "check",
				summary: "print what stations would reject",
				operands: "<catalogue>",
				run: async ({ operands: [path = ""], cwd, print }) => check(readCatalogue(resolve(cwd, path)), print),
			}),
			defineCommand(context, {
				name: "publish",
				summary: "check, show what changes, sign and publish",
				operands: "<catalogue>",
				options: PUBLISH_OPTIONS,
				async run(invocation) {
					const body = readCatalogue(resolve(invocation.cwd, invocation.operands[0] ?? ""));
					await publish(invocation, body);
				},
			}),
			...catalogueFormatCommands(context),
			defineCommand(context, {
				name: "configure",
				summary: "publish what IT sets for every station (docs/internals/sync.md)",
				operands: "<file>",
				options: KEYS_OPTIONS,
				async run(invocation) {
					const body = readConfiguration(resolve(invocation.cwd, invocation.operands[0] ?? ""));
					await withDocuments(invocation, async (documents, keys) => {
						const own = openKeys(keys);
						await documents.introduce(own);
						const at = { by: BY_COMMAND, now: Date.now(), keys: own };
						const version = await documents.publish({ kind: "configuration", body }, at);
						invocation.print({ published: "configuration", version });
					});
				},
			}),
			defineCommand(context, {
				name: "rotate-keys",
				summary: "sign with the next key from now on, and make a new next key",
				options: KEYS_OPTIONS,
				async run(invocation) {
					await withDocuments(invocation, async (documents, keys) => {
						const file = keys.file ?? signingKeysIn(keys.folder);
						const save = (after: SigningKeys) => saveSigningKeys(file, after);
						const after = await documents.rotate(openKeys(keys), { by: BY_COMMAND, now: Date.now(), save });
						invocation.print({ signer: after.current.publicKey, next: after.next.publicKey });
					});
				},
			}),
			defineCommand(context, {
				name: "replace-keys",
				summary: "replace lost signing keys by those of this machine",
				description: `Makes keys where there are none. Each station learns them when it is enrolled again (docs/guide/backup.md).`,
				options: KEYS_OPTIONS,
				async run(invocation) {
					await withDocuments(invocation, async (documents, keys) => {
						const own = openKeys(keys);
						const signedAgain = await documents.replace(own, { by: BY_COMMAND, now: Date.now() });
						if (signedAgain === null)
							throw new UserError(
								"SIGNER_PINNED",
								"The signing keys of this machine are those that stations know. Nothing is lost, and nothing was changed.",
							);
						invocation.print({ signer: own.current.publicKey, next: own.next.publicKey, signedAgain });
					});
				},
			}),
		],
	});
}

interface Keys {
	folder: string;
	/** The file that --key names. Only the folder's own keys are made where there are none. */
	file: string | undefined;
}

/** A directory's import has one language: its eleven others are all missing. */
const FIRST_MISSING = 10;

function check(body: CatalogueBody, print: Print): void {
	const checked = checkCatalogue(fileReader(body));
	const { rejected, notOffered, services, locations } = checked;
	const isUsable = rejected.length === 0 && services.length > 0 && locations.length > 0;
	const missingTexts = Object.entries(findMissingTexts(checked)).map(([language, texts]) => ({
		language,
		missing: texts.length,
		first: texts.slice(0, FIRST_MISSING),
	}));
	// A text that is missing is shown in another language: worth knowing, and no error.
	const remarks = missingTexts.length > 0 && { missingTexts };
	print({ topics: services.length, sites: locations.length, notOffered, errors: rejected, ...remarks });
	if (!isUsable) throw invalid(rejected);
}

async function publish(invocation: Invocation<typeof PUBLISH_OPTIONS>, body: CatalogueBody): Promise<void> {
	const { print } = invocation;
	const mayMissSites = invocation.options()["allow-missing-sites"] === true;
	await withDocuments(invocation, async (documents, keys, database) => {
		const { errors, difference } = await documents.review(body);
		const missingSites = await findMissingSites(database, body);
		print({ errors, difference, missingSites });
		if (errors.length > 0) throw invalid(errors);
		if (missingSites.length > 0 && !mayMissSites) throw withoutSites(missingSites);
		const own = openKeys(keys);
		await documents.introduce(own);
		const at = { by: BY_COMMAND, now: Date.now(), keys: own };
		const version = await documents.publish({ kind: "catalogue", body }, at);
		print({ published: "catalogue", version }, `Version ${version} of the catalogue is published.`);
	});
}

/** Sites that have an enrolled station and are not in the catalogue: such a station would reject it. */
async function findMissingSites(database: ServerDatabase, body: CatalogueBody): Promise<SiteId[]> {
	const known = new Set(checkCatalogue(fileReader(body)).locations.map(({ id }) => id));
	const enrolled = await openEnrolment(database).enrolledSites();
	return enrolled.filter((site) => !known.has(site));
}

function withoutSites(sites: readonly SiteId[]): UserError {
	return new UserError(
		"CATALOGUE_WITHOUT_SITE",
		`The catalogue lacks ${sites.join(", ")}, where stations are enrolled. Add ${sites.length === 1 ? "the site" : "the sites"}, or publish with --allow-missing-sites.`,
	);
}

function openKeys({ folder, file }: Keys) {
	if (file === undefined) return openSigningKeys(folder);
	const found = readSigningKeys(file);
	if (!found) throw new UserError("SIGNER_MISSING", `There is no file ${file}. Name the signing keys with --key.`);
	return found;
}

async function withDocuments(
	invocation: Invocation<typeof KEYS_OPTIONS>,
	work: (documents: Documents, keys: Keys, database: ServerDatabase) => Promise<void>,
): Promise<void> {
	const { key } = invocation.options();
	const place = requireServer(invocation);
	await withServerDatabase(place, (database) =>
		work(
			openDocuments(database),
			{ folder: place.data, file: key === undefined ? undefined : resolve(invocation.cwd, key) },
			database,
		),
	);
}

/** Throws UserError CONFIGURATION_UNREADABLE. */
function readConfiguration(file: string): ConfigurationBody {
	let why = "it is not there";
	if (existsSync(file)) {
		const parsed = configurationBodySchema.safeParse(parseJsonFile(file));
		if (parsed.success) return parsed.data;
		const [issue] = parsed.error.issues;
		why = `${issue?.path.join(".") || "it"}: ${issue?.message}`;
	}
	throw new UserError("CONFIGURATION_UNREADABLE", `The configuration ${file} cannot be published: ${why}.`);
}

function invalid(errors: readonly RejectedEntry[]): UserError {
	const [first] = errors;
	const example = first ? ` ${first.file}, ${first.entry}: ${first.reason}` : " It has no topic or no site.";
	return new UserError(
		"CATALOGUE_INVALID",
		`The catalogue has ${Math.max(1, errors.length)} errors. Correct them first.${example}`,
	);
}
