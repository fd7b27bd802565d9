import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors.ts";
import { openLog } from "../../lib/log.ts";
import { CATALOGUE_FILES } from "../../protocol/catalogue/catalogue.ts";
import { checkCatalogue, fileReader } from "../../protocol/catalogue/check-catalogue.ts";
import type { RejectedEntry } from "../../protocol/catalogue/rejected-entry.ts";
import {
	type CatalogueBody,
	type ConfigurationBody,
	catalogueBodySchema,
	configurationBodySchema,
} from "../../protocol/documents/signed-document.ts";
import { type Documents, openDocuments } from "../../server/documents/documents.ts";
import {
	keepSigningKeys,
	openSigningKeys,
	readSigningKeys,
	type SigningKeys,
	signingKeysIn,
} from "../../server/documents/signing-keys.ts";
import { type DatabasePlace, openDatabaseBeside } from "../../server/postgres/open-database.ts";
import { SyncRefusal } from "../../server/refusal.ts";
import type { Call, Command } from "../command.ts";

const OPTIONS = {
	data: { type: "string" },
	database: { type: "string" },
	key: { type: "string" },
} as const;

/** Whose hand a publication by command is: there is no account. */
const BY_COMMAND = "paihao catalogue";

export const catalogueCommand: Command = {
	name: "catalogue",
	summary: "check a catalogue and publish it, signed, to every station; a configuration, too",
	help: `Use: paihao catalogue check FILE|DIR                       names what stations would not take
     paihao catalogue publish FILE|DIR --data DIR          checks, shows what changes, signs and publishes
     paihao catalogue configure FILE --data DIR            publishes what IT sets for every station (docs/internals/sync.md)
     paihao catalogue rotate-keys --data DIR               the key that followed signs from now on, a new one follows
     paihao catalogue replace-keys --data DIR              where the keys are lost: those of the folder or of --key,
                                                           made where there are none, take their place; each station
                                                           learns them when it is enrolled again (docs/guide/backup.md)

A catalogue is a folder as resources/catalogue, or one JSON file with the folder's files by name. The server may be
running: stations are told at once and take it within half a minute. Faults leave everything as it was; exit code 1.

  --data DIR          the server's folder, or PAIHAO_DATA
  --database URL      as for paihao server
  --key FILE          signing-keys.json, where it is kept elsewhere than in the server's folder; rotated there, too`,
	async run(call) {
		const { action: act, source, values } = read(call);
		if (act === "rotate-keys") return withDocuments(call, values, rotate);
		if (act === "replace-keys") return withDocuments(call, values, replace);
		if (act === "configure" && source !== undefined) {
			const body = readConfiguration(resolve(call.cwd, source));
			return withDocuments(call, values, (documents, keys) => configure(documents, keys, body));
		}
		if (source === undefined) throw new UserError("USAGE", "Name the catalogue: FILE or DIR.", { exitCode: 2 });
		const body = readCatalogue(resolve(call.cwd, source));
		if (act === "check") return check(body);
		if (act === "publish") return withDocuments(call, values, (documents, keys) => publish(documents, keys, body));
		throw new UserError("USAGE", `There is no "paihao catalogue ${act ?? ""}".`, { exitCode: 2 });
	},
};

interface Keys {
	folder: string;
	/** The file that --key names: the folder's own keys, and no other's, are made where there are none. */
	file: string | undefined;
}

function check(body: CatalogueBody): void {
	const { rejected, services, locations } = checkCatalogue(fileReader(body));
	const fits = rejected.length === 0 && services.length > 0 && locations.length > 0;
	tell({ topics: services.length, sites: locations.length, errors: rejected });
	if (!fits) throw faulty(rejected);
}

async function publish(documents: Documents, keys: Keys, body: CatalogueBody): Promise<void> {
	const { errors, difference } = await documents.review(body);
	tell({ errors, difference });
	if (errors.length > 0) throw faulty(errors);
	const own = openKeys(keys);
	await documents.introduce(own);
	const version = await documents.publish({ kind: "catalogue", body }, { by: BY_COMMAND, now: Date.now(), keys: own });
	tell({ published: "catalogue", version });
}

async function configure(documents: Documents, keys: Keys, body: ConfigurationBody): Promise<void> {
	const own = openKeys(keys);
	await documents.introduce(own);
	const at = { by: BY_COMMAND, now: Date.now(), keys: own };
	tell({ published: "configuration", version: await documents.publish({ kind: "configuration", body }, at) });
}

async function rotate(documents: Documents, keys: Keys): Promise<void> {
	const { folder, file = signingKeysIn(folder) } = keys;
	const keep = (after: SigningKeys) => keepSigningKeys(file, after);
	const after = await documents.rotate(openKeys(keys), { by: BY_COMMAND, now: Date.now(), keep });
	tell({ signer: after.current.publicKey, next: after.next.publicKey });
}

async function replace(documents: Documents, keys: Keys): Promise<void> {
	const own = openKeys(keys);
	const signedAgain = await documents.replace(own, { by: BY_COMMAND, now: Date.now() });
	if (signedAgain === null)
		throw new UserError(
			"SIGNER_PINNED",
			"The signing keys of this machine are those that stations know: nothing is lost, and nothing was changed.",
		);
	tell({ signer: own.current.publicKey, next: own.next.publicKey, signedAgain });
}

function openKeys({ folder, file }: Keys) {
	if (file === undefined) return openSigningKeys(folder);
	const found = readSigningKeys(file);
	if (!found) throw new UserError("SIGNER_MISSING", `There is no file ${file}. Name the signing keys with --key.`);
	return found;
}

async function withDocuments(
	{ cwd, env, top }: Call,
	values: { data?: string; database?: string; key?: string },
	act: (documents: Documents, keys: Keys) => Promise<void>,
): Promise<void> {
	const data = values.data ?? env.PAIHAO_DATA;
	if (data === undefined)
		throw new UserError("USAGE", "Name the server's folder with --data DIR or PAIHAO_DATA.", { exitCode: 2 });
	const folder = resolve(cwd, data);
	const place: DatabasePlace = {
		data: folder,
		database: values.database ?? env.PAIHAO_DATABASE,
		migrations: join(top, "db/server/migrations"),
	};
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		await act(openDocuments(database), { folder, file: values.key && resolve(cwd, values.key) });
	} catch (fault) {
		throw fault instanceof SyncRefusal ? new UserError(fault.code, fault.message) : fault;
	} finally {
		await close();
	}
}

/** The catalogue's files by name. Throws PlainError CATALOGUE_UNREADABLE. */
function readCatalogue(path: string): CatalogueBody {
	if (!existsSync(path)) throw unreadable(path, "it is not there");
	if (!statSync(path).isDirectory()) {
		const parsed = catalogueBodySchema.safeParse(parse(path));
		if (!parsed.success) throw unreadable(path, "it must be one JSON object with the catalogue's files by name");
		return parsed.data;
	}
	const { translations, ...lists } = CATALOGUE_FILES;
	const names = [...Object.values(lists), ...Object.values(translations)];
	return Object.fromEntries(
		names.filter((name) => existsSync(join(path, name))).map((name) => [name, parse(join(path, name))]),
	);
}

/** Throws PlainError CONFIGURATION_UNREADABLE. */
function readConfiguration(file: string): ConfigurationBody {
	let why = "it is not there";
	if (existsSync(file)) {
		const parsed = configurationBodySchema.safeParse(parse(file));
		if (parsed.success) return parsed.data;
		const [issue] = parsed.error.issues;
		why = `${issue?.path.join(".") || "it"}: ${issue?.message}`;
	}
	throw new UserError("CONFIGURATION_UNREADABLE", `The configuration ${file} cannot be published: ${why}.`);
}

function parse(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch (cause) {
		throw unreadable(file, cause instanceof Error ? cause.message : String(cause));
	}
}

const unreadable = (path: string, why: string) =>
	new UserError("CATALOGUE_UNREADABLE", `The catalogue ${path} cannot be read: ${why}.`);

function faulty(errors: readonly RejectedEntry[]): UserError {
	const [first] = errors;
	const named = first ? ` ${first.file}, ${first.entry}: ${first.reason}` : " No topic or no site is in it.";
	return new UserError(
		"CATALOGUE_INVALID",
		`The catalogue has ${Math.max(1, errors.length)} faults; mend them.${named}`,
	);
}

function tell(said: object): void {
	process.stdout.write(`${JSON.stringify(said)}\n`);
}

function read({ argv }: Call) {
	try {
		const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
		const [act, source] = positionals;
		return { action: act, source, values };
	} catch (fault) {
		throw new UserError("USAGE", fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : String(fault), {
			exitCode: 2,
		});
	}
}
