import { UserError } from "../../lib/errors.ts";

/** What is left of a passing fault after all tries (db/server/retry.ts), as commands say it. */
export function databaseBusy(cause: unknown): UserError {
	return new UserError("DATABASE_BUSY", "The database is busy, or going and coming. Nothing was written; try again.", {
		cause,
	});
}
