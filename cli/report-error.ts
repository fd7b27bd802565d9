import { appendFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ErrorSummary, isBug, summarizeError } from "../lib/errors.ts";
import { serializeError } from "../lib/log.ts";
import { asSystemUserError } from "../lib/system-error.ts";
import { giveToFolderOwner } from "../lib/write-private-file.ts";

const ERROR_LOG = "errors.log";
const PROBE_FILE = "disk-probe";

export interface ErrorPlace {
	/** Stands before the sentence: "paihao station". */
	command: string;
	isJson: boolean;
	/** The data folder, if the command has one that exists: a bug's stack is kept there. */
	folder: string | undefined;
}

/** One line on standard error: the sentence and the code, or both as JSON. A bug's stack goes into a file. Returns the exit code. */
export function reportError(thrown: unknown, { command, isJson, folder }: ErrorPlace): number {
	const error = explain(thrown, folder);
	const summary = summarizeError(error);
	const file = summary.id === undefined ? undefined : keepDetails(error, summary, folder);
	const sentence = file === undefined ? summary.sentence : sentenceWithFile(summary, error, file);
	const { code } = summary;
	const line = isJson
		? JSON.stringify({ error: { code, message: sentence, ...(summary.id !== undefined && { id: summary.id }) } })
		: `${command}: ${sentence} [${code}]`;
	process.stderr.write(`${line}\n`);
	return summary.exitCode;
}

/** SQLite loses its reason when a full disk also fails the rollback: the disk itself is asked. */
function explain(thrown: unknown, folder: string | undefined): unknown {
	const error = asSystemUserError(thrown);
	return isBug(error) && folder !== undefined ? (findDiskError(folder) ?? error) : error;
}

/** Why the folder's disk does not take a megabyte; undefined if it does. */
function findDiskError(folder: string): unknown {
	const file = join(folder, PROBE_FILE);
	try {
		writeFileSync(file, Buffer.alloc(1024 * 1024), { flush: true });
		return undefined;
	} catch (error) {
		return asSystemUserError(error);
	} finally {
		rmSync(file, { force: true });
	}
}

function sentenceWithFile({ id }: ErrorSummary, error: unknown, file: string): string {
	const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
	return `Something went wrong: ${reason.replace(/\.$/, "")}. ${file} has the details under error ${id}.`;
}

/** Appends one line of JSON to a file that can be written, and returns its path; undefined if there is none. */
function keepDetails(error: unknown, { id }: ErrorSummary, folder: string | undefined): string | undefined {
	const line = `${JSON.stringify({ time: new Date().toISOString(), event: "program.failed", id, err: serializeError(error) })}\n`;
	for (const place of [folder, tmpdir()]) {
		if (place === undefined) continue;
		try {
			const file = join(place, place === folder ? ERROR_LOG : "paihao-errors.log");
			appendFileSync(file, line, { mode: 0o600 });
			if (place === folder) giveToFolderOwner(file);
			return file;
		} catch {
			// A full or read-only disk: the next place.
		}
	}
	return undefined;
}

/** The data folder that a command line or the environment names, if it exists. Reads without checking: the command may be wrong. */
export function findDataFolder(
	argv: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	cwd: string,
) {
	const index = argv.findIndex((word) => word === "--data" || word.startsWith("--data="));
	const named = index < 0 ? env.PAIHAO_DATA : (argv[index]?.split("=", 2)[1] ?? argv[index + 1]);
	const folder = named === undefined ? undefined : resolve(cwd, named);
	return folder !== undefined && isFolder(folder) ? folder : undefined;
}

/** False also where this user cannot see, or links lead in a circle: an error is being reported, and none may hide it. */
function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
}
