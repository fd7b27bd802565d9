import { PlainError } from "../../protocol/plain-error.ts";

/** What is left of a passing fault after all tries (db/server/again.ts), as commands say it. */
export function databaseBusy(cause: unknown): PlainError {
	return new PlainError("DATABASE_BUSY", "The database is busy, or going and coming. Nothing was written; try again.", {
		cause,
	});
}
