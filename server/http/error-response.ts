import type { Logger } from "pino";
import { transienceOf } from "../../db/server/retry.ts";
import { errorId, Refusal } from "../../lib/errors.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { SYNC_REFUSALS, type SyncRefusalCode } from "../../protocol/sync/sync.ts";
import { SyncRefusal } from "../refusal.ts";

/**
 * The server's refusal for any error: the refusal itself, DATABASE_BUSY for an error that passes, or SERVER_ERROR for a
 * bug. The last two are logged, a bug under the id that the caller sees.
 */
export function toRefusal(error: unknown, log: Logger, station: StationId | undefined): Refusal<SyncRefusalCode> {
	if (error instanceof SyncRefusal) return error;
	if (transienceOf(error) !== "permanent") {
		log.error({ err: error, station }, "http.request.database-busy");
		return new SyncRefusal("DATABASE_BUSY");
	}
	const id = errorId(error);
	log.error({ err: error, id, station }, "http.request.failed");
	return new Refusal("SERVER_ERROR", `${SYNC_REFUSALS.SERVER_ERROR.message} Error ${id}.`, { id });
}

/** A refusal as a response; `more` is added to its JSON. */
export function errorResponse({ code, message, data }: Refusal<SyncRefusalCode>, more: object = {}): Response {
	const { status } = SYNC_REFUSALS[code];
	return Response.json({ code, status, message, data, ...more }, { status });
}
