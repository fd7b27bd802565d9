import { UserError } from "../../lib/errors.ts";

/** The error of a command whose database work met transient errors at every attempt (db/server/retry.ts). */
export function databaseBusy(cause: unknown): UserError {
	return new UserError(
		"DATABASE_BUSY",
		"The database is busy, or its connection breaks. Nothing was written; try again.",
		{
			cause,
		},
	);
}
