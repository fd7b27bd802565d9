import { resolve } from "node:path";
import type { Command } from "commander";
import { text } from "../../lib/settings/setting.ts";
import { forkLog } from "../../station/app/fork-log.ts";
import { readSecrets } from "../../station/app/secrets.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { readPrivateKey } from "../../station/backup/keys.ts";
import { restoreBackup } from "../../station/backup/restore-backup.ts";
import { type Context, defineCommand } from "../define-command.ts";

const OPTIONS = {
	data: { ...DATA_FOLDER, help: "the station's new data folder: missing or empty" },
	key: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "the private key of the pair that the backup was made for",
		isRequired: true,
		isFlagOnly: true,
	},
} as const;

export function restoreCommand(context: Context): Command {
	return defineCommand(context, {
		name: "restore",
		summary: "restore a station's data folder from a backup",
		description: `The backup is decrypted, checked and verified before any of it is put into the folder. The station then goes on in a
new stream. No number that the backup has is issued again. Numbers that were issued after the backup may be, and the
station says so when it next reaches the server.`,
		operands: "<file>",
		options: OPTIONS,
		async run({ operands: [file = ""], options, cwd, files, print }) {
			const { data: folder, key } = options();
			const data = resolve(cwd, folder);
			const header = await restoreBackup({
				file: resolve(cwd, file),
				data,
				privateKey: readPrivateKey(resolve(cwd, key)),
				migrations: files.migrations,
				now: Date.now(),
				readSecrets,
				forkLog,
			});
			const { site, events, head, createdAt } = header;
			print(
				{ restored: data, site, events, head, createdAt },
				`The station of ${site} is back in ${data}, with ${events} events up to ${createdAt}.`,
			);
		},
	});
}
