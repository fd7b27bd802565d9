import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OpenedServerDatabase } from "../../../db/server/open.ts";
import { Refusal, UserError } from "../../../lib/errors.ts";
import { FOLDER_MARKS } from "../../../lib/folder-owner.ts";
import { openLog } from "../../../lib/log.ts";
import { readServerPlace } from "../../../server/app/configuration.ts";
import { SERVER_PLACE } from "../../../server/app/settings.ts";
import { type DatabasePlace, openDatabaseBeside } from "../../../server/postgres/open-database.ts";
import type { Context, Invocation } from "../../define-command.ts";

export const PLACE_OPTIONS = SERVER_PLACE;

export function migrationsOf({ top }: Pick<Context, "top">): string {
	return join(top, "db/server/migrations");
}

/**
 * The database of an existing server, for a command about it. Throws UserError NO_SERVER: a mistyped folder must not
 * become a new server, whose codes no station could use.
 */
export function requireServer(invocation: Pick<Invocation, "flags" | "env" | "cwd" | "top">): DatabasePlace {
	const place = readServerPlace(invocation);
	if (place.database === undefined && !FOLDER_MARKS.server.some((name) => existsSync(join(place.data, name))))
		throw new UserError(
			"NO_SERVER",
			`There is no server in the folder ${place.data}. Name the folder that --data named when the server ran.`,
		);
	return { ...place, migrations: migrationsOf(invocation) };
}

/** Opens the database, also while the server runs, and closes it after `work`. */
export async function withServerDatabase<Result>(
	place: DatabasePlace,
	work: (database: OpenedServerDatabase["database"]) => Promise<Result>,
): Promise<Result> {
	const { database, close } = await openDatabaseBeside(place, openLog("error"));
	try {
		return await work(database);
	} catch (error) {
		throw error instanceof Refusal ? new UserError(error.code, error.message, { cause: error }) : error;
	} finally {
		await close();
	}
}
