import { parseArgs } from "node:util";
import type { StationDatabase } from "../../db/station/open.ts";
import { asPlainError, openForReading } from "../../db/station/open.ts";
import { PlainError } from "../../protocol/plain-error.ts";
import { openRandom } from "../../station/random.ts";
import { readSecrets } from "../../station/secrets.ts";
import { auditStation } from "../../station/sync/audit.ts";
import { openHttpCalls } from "../../station/sync/http-calls.ts";
import { openSyncLog } from "../../station/sync/log.ts";
import { signToken } from "../../station/sync/token.ts";
import { verifyFile, verifyStation } from "../../station/tickets/verify.ts";
import type { Call, Command } from "../command.ts";
import { readDataOption } from "../data-option.ts";

export const verifyCommand: Command = {
	name: "verify",
	summary: "check a station's events against its tickets, numbers, print jobs, and the server's copy",
	help: `Use: paihao verify --data DIR [--server URL]

Asks SQLite whether the file is whole, then reads the whole log: sequence without gaps, the chain of hashes, each
event's shape; then what the events say against the tickets, intervals, numbers and print jobs. Prints one line of
JSON. Exit code 0 when all agrees, 1 with the first place that does not.

With --server the log is compared with the server's copy as well, event by event and hash by hash, and a second
line is the report: each stream on both sides, the last event that they share, forks, events that are missing, and
tickets by state as each side's events say. The station must have been enrolled there.

  --data DIR          the station's folder, or PAIHAO_DATA
  --server URL        the server's address`,
	async run(call) {
		const { server, rest } = readServer(call);
		const { data } = readDataOption(rest);
		const { database, close } = openForReading(data, call.files.migrations);
		try {
			const verdict = verifyFile(database) ?? verifyStation(database);
			process.stdout.write(`${JSON.stringify(verdict)}\n`);
			if (verdict.kind === "differs") {
				process.stderr.write(`paihao verify: ${verdict.place}: ${verdict.what}.\n`);
				process.exitCode = 1;
			}
			if (server !== undefined) await audit(database, data, server);
		} catch (fault) {
			throw asPlainError(fault, data);
		} finally {
			close();
		}
	},
};

async function audit(database: StationDatabase, data: string, server: string): Promise<void> {
	const enrolment = readSecrets(data)?.enrolment;
	if (!enrolment)
		throw new PlainError("NOT_ENROLLED", `The station in ${data} was not enrolled. "paihao enrol" does that.`);
	const calls = openHttpCalls(server.replace(/\/$/, ""), () => signToken(enrolment, Date.now()));
	const report = await auditStation(database, openSyncLog(database, openRandom().id), calls).catch((cause: unknown) => {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new PlainError("SERVER_UNREACHABLE", `The server ${server} could not be asked: ${why}`, { cause });
	});
	process.stdout.write(`${JSON.stringify(report)}\n`);
	if (report.kind === "agrees") return;
	process.stderr.write("paihao verify: station and server differ; the report says where.\n");
	process.exitCode = 1;
}

/** --server taken out of the arguments; what is left is every command's own. */
function readServer(call: Call): { server: string | undefined; rest: Call } {
	const { values, tokens } = parseArgs({
		args: [...call.argv],
		options: { server: { type: "string" } },
		strict: false,
		tokens: true,
	});
	const own = tokens.find((token) => token.kind === "option" && token.name === "server");
	const argv = own
		? call.argv.filter(
				(_, index) => index !== own.index && !(own.kind === "option" && !own.inlineValue && index === own.index + 1),
			)
		: call.argv;
	return { server: typeof values.server === "string" ? values.server : undefined, rest: { ...call, argv } };
}
