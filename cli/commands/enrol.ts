import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBeside, openForReading } from "../../db/station/open.ts";
import { stream } from "../../db/station/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { openEnrolmentStore } from "../../station/app/secrets.ts";
import { enrolStation } from "../../station/sync/enrolment/enrol-station.ts";
import { openStreamRepository } from "../../station/sync/stream-repository.ts";
import type { Call, Command } from "../command.ts";

const OPTIONS = { data: { type: "string" }, server: { type: "string" }, code: { type: "string" } } as const;

export const enrolCommand: Command = {
	name: "enrol",
	summary: "make this station one of a central server's network",
	help: `Use: paihao enrol --data DIR --server URL --code CODE

Makes this device's key and gives the server its public half with the code, which "paihao server code"
prints at the server and which holds once, for 15 minutes. Prints the station's id. Enrolling again
puts this device's new key in the place of the old one, and the events go on in a new stream.

  --data DIR          the station's folder, or PAIHAO_DATA; the station has run in it once
  --server URL        https:// address of the server
  --code CODE         ten letters and digits, with or without the hyphen`,
	async run(call) {
		const { data, server, code } = read(call);
		const site = siteOf(data, call.files.migrations);
		const { database, close } = openBeside(data, call.files.migrations);
		const log = openStreamRepository(database, openRandom().id);
		const station = { store: openEnrolmentStore(data), log, clock: Date.now };
		const enrolment = await enrolStation(station, { server, code, site }).finally(close);
		process.stdout.write(`${JSON.stringify({ station: enrolment.station, site, server: enrolment.server })}\n`);
	},
};

/** The site whose tickets the folder holds. Throws PlainError. */
function siteOf(data: string, migrations: string): string {
	const { database, close } = openForReading(data, migrations);
	try {
		const own = database.select({ site: stream.site }).from(stream).get();
		if (own) return own.site;
	} finally {
		close();
	}
	throw new UserError("STATION_NEW", `No station has run in ${data} yet. Start it there once, then enrol it.`);
}

function read({ argv, env, cwd }: Call) {
	const { data = env.PAIHAO_DATA, server, code } = parse(argv);
	if (data === undefined || server === undefined || code === undefined)
		throw new UserError("USAGE", "Name --data DIR, --server URL and --code CODE.", { exitCode: 2 });
	return { data: resolve(cwd, data), server, code };
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({ args: [...argv], options: OPTIONS }).values;
	} catch (error) {
		throw new UserError("USAGE", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error), {
			exitCode: 2,
		});
	}
}
