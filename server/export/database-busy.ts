import { PlainError } from "../../lib/errors.ts";

/** What is left of a passing fault after all tries (db/server/retry.ts), as commands say it. */
export function databaseBusy(cause: unknown): PlainError {
	return new PlainError("DATABASE_BUSY", "The database is busy, or going and coming. Nothing was written; try again.", {
		cause,
	});
}
