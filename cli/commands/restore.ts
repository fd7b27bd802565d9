import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors.ts";
import { forkLog } from "../../station/app/fork-log.ts";
import { readSecrets } from "../../station/app/secrets.ts";
import { readPrivateKey } from "../../station/backup/keys.ts";
import { restoreBackup } from "../../station/backup/restore-backup.ts";
import type { Call, Command } from "../command.ts";

const OPTIONS = { data: { type: "string" }, key: { type: "string" } } as const;

export const restoreCommand: Command = {
	name: "restore",
	summary: "bring a station's folder back from a backup",
	help: `Use: paihao restore FILE --data DIR --key PRIVATE-KEY

The folder must be missing or empty. The backup is decrypted, checked and verified before anything of it
is in its place. The station then goes on in a new stream: no number that the backup knew is given
again; numbers that were given after it may be, and the station says so when it meets the server.
Prints one line of JSON.

  --data DIR          the folder to be, or PAIHAO_DATA
  --key FILE          the private key of the pair that the backup was made for`,
	async run(call) {
		const { file, data, key } = read(call);
		const header = await restoreBackup({
			file,
			data,
			privateKey: readPrivateKey(key),
			migrations: call.files.migrations,
			now: Date.now(),
			readSecrets,
			forkLog,
		});
		const { site, events, head, createdAt } = header;
		process.stdout.write(`${JSON.stringify({ restored: data, site, events, head, createdAt })}\n`);
	},
};

function read(call: Call) {
	const { positionals, values } = parse(call);
	const [file, ...more] = positionals;
	const data = values.data ?? call.env.PAIHAO_DATA;
	if (file === undefined || more.length > 0 || data === undefined || values.key === undefined)
		throw new UserError("USAGE", "Name the backup's FILE, --data DIR and --key FILE.", { exitCode: 2 });
	const absolute = (path: string) => resolve(call.cwd, path);
	return { file: absolute(file), data: absolute(data), key: absolute(values.key) };
}

function parse({ argv }: Call) {
	try {
		return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
	} catch (error) {
		throw new UserError("USAGE", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error), {
			exitCode: 2,
		});
	}
}
