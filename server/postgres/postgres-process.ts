import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chownSync, writeFileSync } from "node:fs";
import type { Logger } from "pino";
import { endWithParent } from "./end-with-parent.ts";
import type { PostgresPrograms } from "./postgres-programs.ts";
import type { ProcessUser } from "./process-user.ts";

/** One run of PostgreSQL. */
export interface PostgresProcess {
	isRunning(): boolean;
	/** Resolves when the process has ended, for any reason. */
	ended: Promise<void>;
	/** The most telling line that it wrote: an error if there was one. */
	lastMessage(): string;
	/** Breaks off what is under way, writes what was committed, and ends. */
	stop(): Promise<void>;
}

const LINES_KEPT = 20;
/** Room for the pools of the server and of commands beside it. */
const MAX_CONNECTIONS = 120;

interface Place {
	folder: string;
	user: ProcessUser | undefined;
	log: Logger;
}

export function spawnPostgres(
	{ postgres, pg_ctl }: PostgresPrograms,
	{ folder, port, user, log }: Place & { port: number },
): PostgresProcess {
	const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: MAX_CONNECTIONS };
	const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const child = spawn(postgres, ["-D", folder, "-p", String(port), ...args], optionsFor(user));
	const { ended, lastMessage } = watch(child, log);
	if (child.pid !== undefined) void ended.then(endWithParent(child.pid, user));
	const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
	return {
		isRunning,
		ended,
		lastMessage,
		async stop() {
			if (!isRunning()) return;
			// Windows has no signals: there a kill would leave the files as a power cut does.
			if (process.platform === "win32") spawn(pg_ctl, ["stop", "-D", folder, "-m", "fast"], optionsFor(user));
			else child.kill("SIGINT");
			await ended;
		},
	};
}

/** Creates the files of a new PostgreSQL. Throws its error message if it fails. */
export async function spawnInitdb(
	{ initdb }: PostgresPrograms,
	{
		folder,
		user,
		log,
		username,
		password,
		passwordFile,
	}: Place & { username: string; password: string; passwordFile: string },
): Promise<void> {
	writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
	if (user) chownSync(passwordFile, user.uid, user.gid);
	const child = spawn(
		initdb,
		[
			...[`--pgdata=${folder}`, `--username=${username}`, `--pwfile=${passwordFile}`],
			...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"],
		],
		optionsFor(user),
	);
	const { ended, lastMessage } = watch(child, log);
	if (child.pid !== undefined) void ended.then(endWithParent(child.pid, user));
	await ended;
	if (child.exitCode !== 0) throw new Error(lastMessage());
}

function optionsFor(user: ProcessUser | undefined): SpawnOptions {
	return {
		// The working directory may be one that the user cannot enter.
		cwd: "/",
		stdio: ["ignore", "pipe", "pipe"],
		// Messages in English: the log and the error sentences quote them.
		env: { ...process.env, LC_MESSAGES: "C" },
		...(user && { uid: user.uid, gid: user.gid }),
	};
}

/** Follows what a program writes and when it ends. */
function watch(child: ChildProcess, log: Logger): Pick<PostgresProcess, "ended" | "lastMessage"> {
	const lines: string[] = [];
	const add = (text: string) => {
		for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
			lines.push(line.trim());
			if (lines.length > LINES_KEPT) lines.shift();
			log.debug({ line }, "postgres.output");
		}
	};
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", add);
	const ended = new Promise<void>((resolve) => {
		child.once("error", (error) => {
			add(error.message);
			resolve();
		});
		child.once("close", () => resolve());
	});
	return {
		ended,
		lastMessage: () =>
			lines.findLast((line) => /FATAL|error:|Permission denied|could not/i.test(line)) ??
			lines.at(-1) ??
			"It ended at once.",
	};
}
