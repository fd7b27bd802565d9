import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { StationDatabase } from "../../db/station/open.ts";
import { asUserError, openForReading } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { readStationOfExport } from "../../server/export/export-copy.ts";
import { readSecrets } from "../../station/app/secrets.ts";
import { verifyFile, verifyStation } from "../../station/events/verify.ts";
import { type ComparisonReport, compareCopies } from "../../station/sync/compare/compare-copies.ts";
import { heldCopy, readEventsFile, serverCopy, stationCopy } from "../../station/sync/compare/copies.ts";
import { signToken } from "../../station/sync/enrolment/station-token.ts";
import { openHttpCalls, ServerRefusal } from "../../station/sync/server-calls.ts";
import { openStreamRepository } from "../../station/sync/stream-repository.ts";
import type { Call, Command } from "../command.ts";

export const verifyCommand: Command = {
	name: "verify",
	summary: "check a station's events against its tickets, numbers, print jobs, and the server's copy",
	help: `Use: paihao verify --data DIR [--server URL]
     paihao verify --events FILE --export FILE

Asks SQLite whether the file is whole, then reads the whole log: sequence without gaps, the chain of hashes, each
event's shape; then what the events say against the tickets, intervals, numbers and print jobs. Prints one line of
JSON.

With --server the log is compared with the server's copy as well, event by event and hash by hash, and a second
line is the report: each stream on both sides with its gaps and what is broken in it, the last event that they share,
forks, what is unsent, what is missing, what only the server has, and tickets by state as each side's events say.
The station must have been enrolled there.

With --events and --export the same report is made from two files, without either program and without any key:
what "paihao events" printed, and what "paihao server export" wrote.

Exit code 0 when all agrees, or the last events only wait to be given; 1 otherwise.

  --data DIR          the station's folder, or PAIHAO_DATA
  --server URL        the server's address
  --events FILE       a station's events, as "paihao events" prints them
  --export FILE       a server's export`,
	async run(call) {
		const { data, server, events, export: exported } = readOptions(call);
		if (events !== undefined && exported !== undefined) {
			const own = await readEventsFile(events);
			const streams = await own.streams();
			const theirs = await readStationOfExport(exported, new Set(streams.map(({ stream }) => stream)));
			if (!theirs) throw new UserError("STATION_NOT_IN_EXPORT", `${exported} holds none of the streams of ${events}.`);
			tell(
				{ station: theirs.station, events, export: exported, version: call.files.version },
				await compareCopies(own, heldCopy(theirs.streams, theirs.events)),
			);
			return;
		}
		if (data === undefined) throw usage("Name the station's folder with --data DIR or PAIHAO_DATA.");
		const { database, close } = openForReading(data, call.files.migrations);
		try {
			const confirmation = verifyFile(database) ?? verifyStation(database);
			process.stdout.write(`${JSON.stringify(confirmation)}\n`);
			if (confirmation.kind === "differs") {
				process.stderr.write(`paihao verify: ${confirmation.place}: ${confirmation.what}.\n`);
				process.exitCode = 1;
			}
			if (server !== undefined) await audit(database, { data, server, version: call.files.version });
		} catch (error) {
			throw asUserError(error, data);
		} finally {
			close();
		}
	},
};

async function audit(
	database: StationDatabase,
	{ data, server, version }: { data: string; server: string; version: string },
): Promise<void> {
	const enrolment = readSecrets(data)?.enrolment;
	if (!enrolment)
		throw new UserError("NOT_ENROLLED", `The station in ${data} was not enrolled. "paihao enrol" does that.`);
	const { station } = enrolment;
	// A clock that is off keeps nobody from the proof: the token is made by the server's.
	let offset = 0;
	const calls = openHttpCalls(server.replace(/\/$/, ""), () => signToken(enrolment, Date.now() + offset));
	const run = async () => {
		// One moment of the log, also where the station is running.
		database.$client.exec("begin");
		try {
			return await compareCopies(
				stationCopy(database, openStreamRepository(database, openRandom().id)),
				serverCopy(calls),
			);
		} finally {
			database.$client.exec("rollback");
		}
	};
	const report = await run()
		.catch((error: unknown) => {
			if (!(error instanceof ServerRefusal) || error.code !== "CLOCK_WRONG" || error.time === undefined) throw error;
			offset = error.time - Date.now();
			return run();
		})
		.catch((cause: unknown) => {
			if (cause instanceof ServerRefusal)
				throw new UserError(cause.code, `The server refused to be asked: ${cause.message}`, { cause });
			if (!(cause instanceof TypeError) && !(cause instanceof DOMException)) throw cause;
			throw new UserError("SERVER_UNREACHABLE", `The server ${server} could not be asked: ${cause.message}`, {
				cause,
			});
		});
	tell({ station, server, version, at: new Date().toISOString(), clockOffset: offset }, report);
}

function tell(about: object, report: ComparisonReport): void {
	process.stdout.write(`${JSON.stringify({ ...report, about })}\n`);
	if (report.kind === "agrees") return;
	const sentence = {
		behind: `${report.unsent} events are still to be given; all others agree`,
		serverAhead: `the server has ${report.serverAhead} events of this station that this disk has not`,
		differs: "station and server differ; the report says where",
	}[report.kind];
	process.stderr.write(`paihao verify: ${sentence}.\n`);
	if (report.kind !== "behind") process.exitCode = 1;
}

function readOptions({ argv, env, cwd }: Call) {
	try {
		const { values } = parseArgs({
			args: [...argv],
			options: {
				data: { type: "string" },
				server: { type: "string" },
				events: { type: "string" },
				export: { type: "string" },
			},
		});
		const { server } = values;
		const path = (file: string | undefined) => (file === undefined ? undefined : resolve(cwd, file));
		const files = { events: path(values.events), export: path(values.export) };
		if ((files.events === undefined) !== (files.export === undefined))
			throw new Error("--events and --export belong together.");
		return { data: path(values.data ?? env.PAIHAO_DATA), server, ...files };
	} catch (error) {
		throw usage(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	}
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
