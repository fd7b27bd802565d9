import { resolve } from "node:path";
import type { Command } from "commander";
import type { StationDatabase } from "../../db/station/open.ts";
import { asUserError, openCurrent } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { explainUnreachable, prepareConnections } from "../../lib/outgoing-connections.ts";
import { openRandom } from "../../lib/random.ts";
import { text } from "../../lib/settings/setting.ts";
import { readStationOfExport } from "../../server/export/export-copy.ts";
import { readSecrets } from "../../station/app/secrets.ts";
import { CA_FILE, DATA_FOLDER } from "../../station/app/settings.ts";
import { verifyFile, verifyStation } from "../../station/events/verify.ts";
import { type ComparisonReport, compareCopies } from "../../station/sync/compare/compare-copies.ts";
import { heldCopy, readEventsFile, serverCopy, stationCopy } from "../../station/sync/compare/copies.ts";
import { signToken } from "../../station/sync/enrolment/station-token.ts";
import { openHttpCalls, ServerRefusal } from "../../station/sync/server-calls.ts";
import { openStreamRepository } from "../../station/sync/stream-repository.ts";
import { type Context, defineCommand } from "../define-command.ts";
import type { Print } from "../print.ts";

const FILE = { ...text("the path of a file"), placeholder: "FILE", isFlagOnly: true } as const;
const OPTIONS = {
	data: { ...DATA_FOLDER, isRequired: false },
	server: { ...text("the server's address"), placeholder: "URL", help: "the server's address", isFlagOnly: true },
	ca: CA_FILE,
	events: { ...FILE, help: 'a station\'s events, as "paihao events" prints them' },
	export: { ...FILE, help: "a server's export" },
} as const;

export function verifyCommand(context: Context): Command {
	return defineCommand(context, {
		name: "verify",
		summary: "check a station's events against its tickets, numbers and print jobs, and against the server's copy",
		description: `Asks SQLite whether the file is whole, then reads the whole log: sequence without gaps, the chain of hashes, each
event's shape. Then it compares the events with tickets, intervals, numbers and print jobs, and prints one fact.

With --server it also compares the log with the server's copy, event by event and hash by hash. The second fact is the
report: each stream on both sides with its gaps and what is broken in it, the last event that they share, forks, what
is unsent, what is missing, what only the server has, and tickets by state as each side's events have them. The
station must be enrolled there.

With --events and --export it makes the same report from two files, without either program and without any key.

Exit code 0 if all agrees, or only the last events are still unsent; otherwise 1.`,
		options: OPTIONS,
		async run({ options, cwd, env, files, print }) {
			const { data: folder, server, ca, ...given } = options();
			const [events, exported] = [given.events, given.export].map((file) => file && resolve(cwd, file));
			if ((events === undefined) !== (exported === undefined)) throw usage("--events and --export belong together.");
			if (events !== undefined && exported !== undefined) {
				await compareFiles({ events, exported, version: files.version }, print);
				return;
			}
			if (folder === undefined) throw usage("Add --data DIR or PAIHAO_DATA: the station's data folder.");
			prepareConnections({ ca: ca && resolve(cwd, ca), env });
			const data = resolve(cwd, folder);
			const { database, close } = openCurrent(data, files.migrations);
			try {
				verifyOwn(database, print);
				if (server !== undefined)
					await compareWithServer(database, { data, server: server.replace(/\/$/, ""), version: files.version }, print);
			} catch (error) {
				throw asUserError(error, data);
			} finally {
				close();
			}
		},
	});
}

function verifyOwn(database: StationDatabase, print: Print): void {
	const verified = verifyFile(database) ?? verifyStation(database);
	const isSound = verified.kind !== "differs";
	print(verified, isSound ? "The station's events, tickets, numbers and print jobs agree." : "The station differs.");
	if (verified.kind !== "differs") return;
	process.stderr.write(`paihao verify: ${verified.place}: ${verified.what}.\n`);
	process.exitCode = 1;
}

async function compareFiles(
	{ events, exported, version }: { events: string; exported: string; version: string },
	print: Print,
): Promise<void> {
	const own = await readEventsFile(events);
	const streams = await own.streams();
	const theirs = await readStationOfExport(exported, new Set(streams.map(({ stream }) => stream)));
	if (!theirs) throw new UserError("STATION_NOT_IN_EXPORT", `${exported} has none of the streams of ${events}.`);
	const report = await compareCopies(own, heldCopy(theirs.streams, theirs.events));
	printReport({ station: theirs.station, events, export: exported, version }, report, print);
}

async function compareWithServer(
	database: StationDatabase,
	{ data, server, version }: { data: string; server: string; version: string },
	print: Print,
): Promise<void> {
	const enrolment = readSecrets(data)?.enrolment;
	if (!enrolment)
		throw new UserError("NOT_ENROLLED", `The station in ${data} is not enrolled. Enrol it with "paihao enrol".`);
	// Where this clock is wrong, the token is made by the server's clock: the comparison needs no right time.
	let clockOffset = 0;
	const calls = openHttpCalls(server, () => signToken(enrolment, Date.now() + clockOffset));
	const compare = async () => {
		// One moment of the log, also where the station is running.
		database.$client.exec("begin");
		try {
			const own = stationCopy(database, openStreamRepository(database, openRandom().id));
			return await compareCopies(own, serverCopy(calls));
		} finally {
			database.$client.exec("rollback");
		}
	};
	const report = await compare()
		.catch((error: unknown) => {
			if (!(error instanceof ServerRefusal) || error.code !== "CLOCK_WRONG" || error.time === undefined) throw error;
			clockOffset = error.time - Date.now();
			return compare();
		})
		.catch((cause: unknown) => {
			if (cause instanceof ServerRefusal)
				throw new UserError(cause.code, `The server refused the request: ${cause.message}`, { cause });
			if (!(cause instanceof TypeError) && !(cause instanceof DOMException)) throw cause;
			throw explainUnreachable(server, cause);
		});
	const about = { station: enrolment.station, server, version, at: new Date().toISOString(), clockOffset };
	printReport(about, report, print);
}

function printReport(about: object, report: ComparisonReport, print: Print): void {
	print({ ...report, about });
	if (report.kind === "agrees") return;
	const sentence = {
		behind: `${report.unsent} events are still unsent; all others agree`,
		serverAhead: `the server has ${report.serverAhead} events of this station that this disk does not have`,
		differs: "station and server differ; the report says where",
	}[report.kind];
	process.stderr.write(`paihao verify: ${sentence}.\n`);
	if (report.kind !== "behind") process.exitCode = 1;
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
