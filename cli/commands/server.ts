import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { openLog } from "../../lib/log.ts";
import { slugSchema } from "../../protocol/catalogue/catalogue.ts";
import { RETENTION_DAYS } from "../../protocol/events/retention.ts";
import { startServer } from "../../server/app/start-server.ts";
import type { ExportSchedule } from "../../server/export/scheduled-export.ts";
import { openAdministrators } from "../../server/fleet/administrators.ts";
import { type Enrolment, openEnrolment } from "../../server/fleet/enrolment.ts";
import { type DatabasePlace, openDatabaseBeside } from "../../server/postgres/open-database.ts";
import { SyncRefusal } from "../../server/refusal.ts";
import type { Call, Command } from "../command.ts";
import { SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS, shutDownOnSignal } from "../shutdown-on-signal.ts";
import { runBackedUp, runExport, runImport } from "./server-export.ts";

const OPTIONS = {
	data: { type: "string" },
	port: { type: "string" },
	host: { type: "string" },
	database: { type: "string" },
	site: { type: "string" },
	out: { type: "string" },
	"retention-days": { type: "string" },
	"export-every": { type: "string" },
	"export-to": { type: "string" },
	"export-keep": { type: "string" },
	"trust-proxy": { type: "string", multiple: true },
	at: { type: "string" },
	"log-level": { type: "string" },
} as const;

const EXPORTS_KEPT = 7;
const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

export const serverCommand: Command = {
	name: "server",
	summary: "run the central server of a network of stations",
	help: `Use: paihao server --data DIR [options]            runs the server
     paihao server code --data DIR [--site ID]    prints a code that enrols a site's station, once, for 15 minutes;
                                                  without --site that of whichever site has none
     paihao server admin add NAME --data DIR      makes an account for the page /fleet, and prints its password once
     paihao server export --data DIR --out FILE   writes all it knows into one file, while it runs
     paihao server import FILE --data DIR         fills an empty server from such a file
     paihao server mark-backup --at INSTANT --data DIR
                                                  tells the stations that a backup of yours, which began then, has
                                                  what came before (2026-11-23T02:00:00+08:00)
     paihao server revoke STATION --data DIR    refuses a stolen station from now on
     paihao server remove STATION --data DIR      takes back a station that was made for a code and never enrolled

Without --database the server starts a PostgreSQL of its own in DIR. When all is ready, one line of
JSON is written on standard output. SIGTERM ends it. Several servers on one --database work side by side.

  --data DIR          the server's folder, or PAIHAO_DATA
  --database URL      postgres://user:password@host/name, or PAIHAO_DATABASE
  --port N            TCP port (8480); 0 takes a free one
  --host ADDRESS      address to listen on (127.0.0.1); put a proxy with TLS before it for others
  --retention-days N  days after which what links an event to a visitor is cut (${RETENTION_DAYS})
  --export-every H    writes an export each so many hours
  --export-to DIR     where to; not on the database's own disk
  --export-keep N     so many of the newest stay (${EXPORTS_KEPT})
  --trust-proxy CIDR  a proxy's address, such as 10.1.2.0/24: who it says it speaks for is believed (may be repeated;
                      a proxy on this machine is trusted)
  --log-level LEVEL   ${LEVELS.join(", ")} (info)`,
	async run(call) {
		const { action: act, positionals, values } = read(call);
		const place = placeOf(values, call);
		if (act === "code") return printCode(place, values.site === undefined ? undefined : siteOf(values.site));
		if (act === "export")
			return runExport(place, resolve(call.cwd, required(values.out, "--out FILE")), call.files.version);
		if (act === "import") return runImport(place, positionals[0] && resolve(call.cwd, positionals[0]));
		if (act === "mark-backup")
			return runBackedUp(place, required(values.at, "when the backup began with --at INSTANT"));
		if (act === "admin") return runAdmin(place, positionals);
		if (act === "revoke") return revoke(place, required(positionals[0], "the station's id"));
		if (act === "remove") return remove(place, required(positionals[0], "the station's id"));
		if (act !== undefined) throw new UserError("USAGE", `There is no "paihao server ${act}".`, { exitCode: 2 });
		const log = openLog(oneOf(values["log-level"] ?? "info"));
		const server = await startServer(
			{
				...place,
				host: values.host ?? "127.0.0.1",
				port: portOf(values.port ?? "8480"),
				version: call.files.version,
				screens: call.files.screens,
				retentionDays: numberOf("days", values["retention-days"] ?? String(RETENTION_DAYS), 3_650),
				exports: exportsOf(values, call),
				trustedProxies: values["trust-proxy"] ?? [],
			},
			{ log, clock: Date.now },
		);
		shutDownOnSignal(server.close, SHUTDOWN_TIMEOUT_WITH_POSTGRES_MS);
		process.stdout.write(`${JSON.stringify({ ready: "server", pid: process.pid, server: server.origin })}\n`);
	},
};

async function printCode(place: DatabasePlace, site: string | undefined): Promise<void> {
	await withEnrolment(place, async (enrolment) => {
		const now = Date.now();
		const made = await (site === undefined ? enrolment.makeCodeForAnySite(now) : enrolment.makeCode(site, now));
		const { code } = made;
		const shown = { ...made, site: site ?? null, code: `${code.slice(0, 5)}-${code.slice(5)}` };
		process.stdout.write(`${JSON.stringify(shown)}\n`);
	});
}

async function runAdmin(place: DatabasePlace, [act, name]: readonly string[]): Promise<void> {
	if (act !== "add" || name === undefined)
		throw new UserError("USAGE", "Say: paihao server admin add NAME --data DIR.", { exitCode: 2 });
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		const password = await openAdministrators(database).add(name);
		process.stdout.write(`${JSON.stringify({ administrator: name, password })}\n`);
	} finally {
		await close();
	}
}

const isId = (station: string) => z.uuid().safeParse(station).success;

async function revoke(place: DatabasePlace, station: string): Promise<void> {
	await withEnrolment(place, async ({ revoke }) => {
		if (!isId(station) || !(await revoke(station, Date.now())))
			throw new UserError("STATION_UNKNOWN", `The server knows no station ${station}.`);
	});
}

async function remove(place: DatabasePlace, station: string): Promise<void> {
	await withEnrolment(place, async ({ remove }) => {
		if (!isId(station)) throw new UserError("STATION_UNKNOWN", `The server knows no station ${station}.`);
		await remove(station);
	});
}

async function withEnrolment(place: DatabasePlace, act: (enrolment: Enrolment) => Promise<void>): Promise<void> {
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		await act(openEnrolment(database));
	} catch (error) {
		throw error instanceof SyncRefusal ? new UserError(error.code, error.message) : error;
	} finally {
		await close();
	}
}

/** A site's id as catalogues have it. */
function siteOf(text: string): string {
	if (slugSchema.safeParse(text).success) return text;
	throw new UserError("USAGE", `${text} is not a site's id. Say it as the catalogue has it: service-centre-1.`, {
		exitCode: 2,
	});
}

function placeOf(values: { data?: string; database?: string }, { env, cwd, top }: Call): DatabasePlace {
	return {
		data: resolve(cwd, required(values.data ?? env.PAIHAO_DATA, "the server's folder with --data DIR or PAIHAO_DATA")),
		database: values.database ?? env.PAIHAO_DATABASE,
		migrations: join(top, "db/server/migrations"),
	};
}

type Values = ReturnType<typeof read>["values"];

function read({ argv }: Call) {
	try {
		const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
		const [act, ...rest] = positionals;
		return { action: act, positionals: rest, values };
	} catch (error) {
		throw new UserError("USAGE", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error), {
			exitCode: 2,
		});
	}
}

function required(value: string | undefined, what: string): string {
	if (value === undefined) throw new UserError("USAGE", `Name ${what}.`, { exitCode: 2 });
	return value;
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	throw new UserError("USAGE", `${text} is not a port. Say 0 to 65535.`, { exitCode: 2 });
}

function numberOf(what: string, text: string, most: number): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
	throw new UserError("USAGE", `${text} is not a number of ${what}. Say 1 to ${most}.`, { exitCode: 2 });
}

/** Both of its first two or neither: a folder alone would look like a schedule. */
function exportsOf(values: Values, { cwd }: Call): ExportSchedule | undefined {
	const { "export-every": every, "export-to": to, "export-keep": keep } = values;
	if (every === undefined && to === undefined && keep === undefined) return undefined;
	return {
		everyHours: numberOf("hours", required(every, "--export-every HOURS beside --export-to"), 720),
		folder: resolve(cwd, required(to, "--export-to DIR beside --export-every")),
		keep: numberOf("files", keep ?? String(EXPORTS_KEPT), 1_000),
	};
}

function oneOf(text: string): (typeof LEVELS)[number] {
	const level = LEVELS.find((one) => one === text);
	if (level) return level;
	throw new UserError("USAGE", `There is no log level ${text}. Name one of ${LEVELS.join(", ")}.`, { exitCode: 2 });
}
