import type { Logger } from "pino";
import { transienceOf } from "../../db/server/retry.ts";
import { Refusal as ExpectedError, errorId } from "../../lib/errors.ts";
import { SERVER_REFUSALS, type ServerRefusalCode } from "../../protocol/api/server-refusals.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { Refusal } from "../refusal.ts";

/**
 * The server's refusal for any error: the refusal itself, DATABASE_BUSY for an error that passes, or SERVER_ERROR for a
 * bug. The last two are logged, a bug under the id that the caller sees.
 */
export function toRefusal(
	error: unknown,
	log: Logger,
	station: StationId | undefined,
): ExpectedError<ServerRefusalCode> {
	if (error instanceof Refusal) return error;
	if (transienceOf(error) !== "permanent") {
		log.error({ err: error, station }, "http.request.database-busy");
		return new Refusal("DATABASE_BUSY");
	}
	const id = errorId(error);
	log.error({ err: error, id, station }, "http.request.failed");
	return new ExpectedError("SERVER_ERROR", `${SERVER_REFUSALS.SERVER_ERROR.message} Error ${id}.`, { id });
}

/** A refusal as a response, in the same shape as a station's; `more` is added to its JSON. */
export function errorResponse(refusal: ExpectedError<ServerRefusalCode>, more: object = {}): Response {
	const { code, message, data } = refusal;
	const { status } = SERVER_REFUSALS[code];
	return Response.json({ defined: true, code, status, message, data, ...more }, { status });
}

/** The answer to a method that an address does not take. */
export function methodNotAllowed(path: string, allowed: readonly string[]): Response {
	const response = errorResponse(new Refusal("METHOD_NOT_ALLOWED", { path, allowed }));
	response.headers.set("allow", allowed.join(", "));
	return response;
}
