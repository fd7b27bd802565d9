import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { openLog } from "../../lib/log.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import type { ServerSettings } from "../../server/app/configuration.ts";
import { readSigningKeys, signingKeysIn } from "../../server/documents/signing-keys.ts";
import { openDatabaseBeside } from "../../server/postgres/open-database.ts";
import { type Check, failed, ok, warning } from "./finding.ts";
import { checkClock, checkDisk, checkFolder, checkPort } from "./machine-checks.ts";

export interface ServerPatient {
	settings: ServerSettings;
	migrations: string;
	/** The built pages. */
	screens: string;
	/** UTC milliseconds. */
	now: number;
}

const ANSWER_TIMEOUT_MS = 5 * SECOND_MS;
const PRIVATE_FILES = ["signing-keys.json", "database-password"];
/** PostgreSQL's user passes through the folder of a server that runs as root. */
const FOLDER_MODE = 0o711;
/** The first release's day: no right clock is before it. */
const BUILT_AT = Date.UTC(2026, 10, 23);

export function serverChecks({ settings, migrations, screens, now }: ServerPatient): Check[] {
	const { data, host, port } = settings;
	return [
		checkFolder(data, PRIVATE_FILES, FOLDER_MODE),
		checkDisk(data),
		checkClock(now, BUILT_AT),
		{ name: "keys", run: () => checkKeys(data) },
		checkPort("port", { host, port }, () => answers(host, port)),
		{ name: "database", run: () => checkDatabase(settings, migrations) },
		{
			name: "pages",
			run: () =>
				existsSync(join(screens, "fleet/index.html"))
					? ok("The pages are built.")
					: failed(`${screens} has no pages. Run npm run build, or install the package again.`),
		},
	];
}

function checkKeys(data: string) {
	return readSigningKeys(signingKeysIn(data)) === undefined
		? warning("There are no signing keys yet. The first start makes them; then keep a copy of signing-keys.json.")
		: ok("The signing keys are there. Keep a copy of signing-keys.json elsewhere.");
}

async function checkDatabase(settings: ServerSettings, migrations: string) {
	const { data, database: url } = settings;
	if (url === undefined && !existsSync(join(data, "postgres")))
		return warning("There is no database yet. The first start makes one.");
	const { database, close } = await openDatabaseBeside({ ...settings, migrations }, openLog("silent"));
	try {
		const { rows } = await database.execute<{ bytes: string }>(
			sql`select pg_database_size(current_database()) as bytes`,
		);
		return ok(`The database answers; it has ${Math.ceil(Number(rows[0]?.bytes) / 1024 / 1024)} MB.`);
	} finally {
		await close();
	}
}

async function answers(host: string, port: number): Promise<boolean> {
	try {
		const at = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
		const answer = await fetch(`http://${at}:${port}/health/live`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
		return typeof ((await answer.json()) as { time?: unknown }).time === "number";
	} catch {
		return false;
	}
}
