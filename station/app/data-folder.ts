import { hasDatabase, type OpenedDatabase, openStationDatabase, type StationDatabase } from "../../db/station/open.ts";
import { stream } from "../../db/station/schema/events.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import { UserError } from "../../lib/errors.ts";
import { refuseFolderOf } from "../../lib/folder-owner.ts";
import { makePrivate } from "../../lib/private-folder.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { CHOSEN_SETTINGS_FILE } from "./chosen-settings.ts";
import { openSecrets, readSecrets, type Secrets } from "./secrets.ts";

/** What visitors came for is in the database, and in its journal. */
export const PRIVATE_FILES = [
	"station.db",
	"station.db-wal",
	"station.db-shm",
	"station.lock",
	"station.lock-journal",
	"secrets.json",
	CHOSEN_SETTINGS_FILE,
];

/** Why a folder stays with its site; null while nothing in it is of one. */
export function siteIsFixedBy(
	database: StationDatabase,
	secrets: Partial<Pick<Secrets, "enrolment">> | undefined,
): "tickets" | "enrolment" | null {
	if (database.select({ id: ticket.id }).from(ticket).limit(1).get()) return "tickets";
	return secrets?.enrolment ? "enrolment" : null;
}

/**
 * Opens a station's folder whole: database and secrets belong together, and to one site. Half a folder
 * is refused, not completed, so that no ticket and no PIN is lost unseen.
 * Throws UserError: DATA_FOREIGN, DATA_INCOMPLETE, SECRETS_MISSING, SECRETS_DAMAGED, SITE_CHANGED, and what opening a database throws.
 */
export function openStationFolder(
	{ data, site }: { data: string; site: SiteId },
	migrations: string,
): OpenedDatabase & { secrets: Secrets } {
	refuseFolderOf("server", data);
	const secrets = readSecrets(data);
	if (secrets && !hasDatabase(data)) {
		throw new UserError(
			"DATA_INCOMPLETE",
			`The folder ${data} has a station's secrets, but its database is gone or empty. Bring station.db back from a backup, or name an empty folder with --data.`,
		);
	}
	const { database, close } = openStationDatabase(data, migrations);
	makePrivate(data, PRIVATE_FILES);
	try {
		const own = database.select({ site: stream.site }).from(stream).get();
		if (own && !secrets) {
			throw new UserError(
				"SECRETS_MISSING",
				`The folder ${data} has a station's database, but secrets.json is gone. Bring it back from a backup; without it no member of staff can sign in.`,
			);
		}
		if (own && own.site !== site) {
			if (siteIsFixedBy(database, secrets) !== null)
				throw new UserError(
					"SITE_CHANGED",
					`The folder ${data} belongs to ${own.site}: it holds its tickets, or is enrolled for it. Start with --site ${own.site}, or name another folder with --data.`,
				);
			database.update(stream).set({ site }).run();
		}
		return { database, close, secrets: secrets ?? openSecrets(data) };
	} catch (error) {
		close();
		throw error;
	}
}
