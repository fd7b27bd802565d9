import { asPlainError, openForReading } from "../../db/station/open.ts";
import { verifyFile, verifyStation } from "../../station/tickets/verify.ts";
import type { Command } from "../command.ts";
import { readDataOption } from "../data-option.ts";

export const verifyCommand: Command = {
	name: "verify",
	summary: "check a station's events against its tickets, numbers and print jobs",
	help: `Use: paihao verify --data DIR

Asks SQLite whether the file is whole, then reads the whole stream: sequence without gaps, the chain of hashes, each event's shape; then
what the events say against the tickets, intervals, numbers and print jobs. Prints one line of
JSON. Exit code 0 when all agrees, 1 with the first place that does not.

  --data DIR          the station's folder, or PAIHAO_DATA`,
	async run(call) {
		const { data } = readDataOption(call);
		const { database, close } = openForReading(data, call.files.migrations);
		try {
			const verdict = verifyFile(database) ?? verifyStation(database);
			process.stdout.write(`${JSON.stringify(verdict)}\n`);
			if (verdict.kind === "differs") {
				process.stderr.write(`paihao verify: ${verdict.place}: ${verdict.what}.\n`);
				process.exitCode = 1;
			}
		} catch (fault) {
			throw asPlainError(fault, data);
		} finally {
			close();
		}
	},
};
