import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors.ts";
import { fingerprintOf, makeBackupKeys, PUBLIC_KEY_FILE, readPublicKey } from "../../station/backup/keys.ts";
import { writeBackup } from "../../station/backup/write-backup.ts";
import type { Call, Command } from "../command.ts";

const OPTIONS = { data: { type: "string" }, out: { type: "string" }, key: { type: "string" } } as const;

export const backupCommand: Command = {
	name: "backup",
	summary: "write an encrypted backup of a station, also while it runs",
	help: `Use: paihao backup --data DIR --out FILE [--key PUBLIC-KEY]
     paihao backup key --out DIR           makes the pair of keys, once, away from the stations

The backup holds the station's database and secrets, sealed to the public key: whoever made it cannot
read it. Only the private key opens it ("paihao restore"): keep that away from the stations, twice.
Prints one line of JSON.

  --data DIR          the station's folder, or PAIHAO_DATA
  --out FILE          the backup; a file that is there already is never written over
  --key FILE          the public key; without it, ${PUBLIC_KEY_FILE} in the station's folder`,
	async run(call) {
		const { positionals, values } = parse(call);
		const out = resolve(call.cwd, required(values.out, "--out"));
		if (positionals[0] === "key") return t(makeBackupKeys(out));
		if (positionals.length > 0) throw usage(`There is no "paihao backup ${positionals[0]}".`);
		const data = resolve(call.cwd, required(values.data ?? call.env.PAIHAO_DATA, "--data DIR or PAIHAO_DATA"));
		const recipient = readPublicKey(keyFileOf(values.key, data, call.cwd));
		const { files: product } = call;
		const header = await writeBackup({
			data,
			out,
			recipient,
			migrations: product.migrations,
			version: product.version,
			now: Date.now(),
		});
		const { site, events, head, createdAt } = header;
		t({ backup: out, site, events, head, createdAt, key: fingerprintOf(recipient) });
	},
};

function keyFileOf(named: string | undefined, data: string, cwd: string): string {
	if (named !== undefined) return resolve(cwd, named);
	const file = join(data, PUBLIC_KEY_FILE);
	if (existsSync(file)) return file;
	throw new UserError(
		"KEY_MISSING",
		`Name the public key with --key FILE, or lay it into the station's folder as ${PUBLIC_KEY_FILE}. "paihao backup key --out DIR" makes a pair.`,
	);
}

function t(what: object): void {
	process.stdout.write(`${JSON.stringify(what)}\n`);
}

function parse({ argv }: Call) {
	try {
		return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
	} catch (error) {
		throw usage(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	}
}

function required(value: string | undefined, what: string): string {
	if (value === undefined) throw usage(`Name ${what}.`);
	return value;
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
