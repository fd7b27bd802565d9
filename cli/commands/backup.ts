import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { text } from "../../lib/settings/setting.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { fingerprintOf, makeBackupKeys, PUBLIC_KEY_FILE, readPublicKey } from "../../station/backup/keys.ts";
import { writeBackup } from "../../station/backup/write-backup.ts";
import { type Context, defineCommand } from "../define-command.ts";

const OPTIONS = {
	data: DATA_FOLDER,
	out: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "the backup's file; an existing file is never overwritten",
		isRequired: true,
		isFlagOnly: true,
	},
	key: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: `the public key; without it, ${PUBLIC_KEY_FILE} in the data folder`,
		isFlagOnly: true,
	},
} as const;

const KEY_OPTIONS = {
	out: { ...OPTIONS.out, ...text("the path of a folder"), placeholder: "DIR", help: "the folder for the two keys" },
} as const;

export function backupCommand(context: Context): Command {
	return defineCommand(context, {
		name: "backup",
		summary: "write an encrypted backup of a station, also while it runs",
		description: `The backup has the station's database and secrets, encrypted to the public key: the machine that makes it cannot read
it. Only the private key opens it ("paihao restore"). Keep two copies of that key, away from the stations.`,
		options: OPTIONS,
		commands: [
			defineCommand(context, {
				name: "key",
				summary: "make the pair of keys, once, on another machine than the stations",
				options: KEY_OPTIONS,
				async run({ options, cwd, print }) {
					print(makeBackupKeys(resolve(cwd, options().out)));
				},
			}),
		],
		async run({ options, cwd, files, print }) {
			const { data: folder, out: file, key } = options();
			const data = resolve(cwd, folder);
			const out = resolve(cwd, file);
			const recipient = readPublicKey(key === undefined ? findPublicKey(data) : resolve(cwd, key));
			const { migrations, version } = files;
			const header = await writeBackup({ data, out, recipient, migrations, version, now: Date.now() });
			const { site, events, head, createdAt } = header;
			print(
				{ backup: out, site, events, head, createdAt, key: fingerprintOf(recipient) },
				`The backup of ${site} with ${events} events is in ${out}.`,
			);
		},
	});
}

function findPublicKey(data: string): string {
	const file = join(data, PUBLIC_KEY_FILE);
	if (existsSync(file)) return file;
	throw new UserError(
		"KEY_MISSING",
		`Name the public key with --key FILE, or put it into the data folder as ${PUBLIC_KEY_FILE}. "paihao backup key --out DIR" makes a pair.`,
	);
}
