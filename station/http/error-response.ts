import { ORPCError } from "@orpc/server";
import type { Logger } from "pino";
import { Refusal as ExpectedError, errorId, UserError } from "../../lib/errors.ts";
import { asSystemUserError } from "../../lib/system-error.ts";
import { STATION_REFUSALS, type StationRefusalCode } from "../../protocol/api/station-refusals.ts";
import { Refusal } from "../refusal.ts";

/**
 * The station's refusal for any error: the refusal itself, BAD_REQUEST if the input did not match the contract, DISK_FULL
 * if a write found no space, or STATION_ERROR for a bug, which is logged under the id that the caller sees.
 */
export function toRefusal(error: unknown, log: Logger): ExpectedError<StationRefusalCode> {
	if (error instanceof Refusal) return error;
	if (error instanceof ORPCError && error.code === "BAD_REQUEST") return inputRefusal(error);
	if (isDiskFull(error)) {
		log.error({ err: error }, "http.request.disk-full");
		return new Refusal("DISK_FULL");
	}
	const id = errorId(error);
	log.error({ err: error, id }, "http.request.failed");
	return new ExpectedError("STATION_ERROR", `${STATION_REFUSALS.STATION_ERROR.message} Error ${id}.`, { id });
}

function inputRefusal({ data }: ORPCError<string, unknown>): Refusal {
	const issues: unknown = typeof data === "object" && data !== null && "issues" in data ? data.issues : undefined;
	return new Refusal("BAD_REQUEST", Array.isArray(issues) ? { issues } : {});
}

function isDiskFull(error: unknown): boolean {
	const explained = asSystemUserError(error);
	return explained instanceof UserError && explained.code === "DISK_FULL";
}

/** A refusal as oRPC's error. */
export function toApiError({ code, message, data }: ExpectedError<StationRefusalCode>): ORPCError<string, unknown> {
	return new ORPCError(code, { status: STATION_REFUSALS[code].status, message, data, defined: true });
}

/** A refusal as a response, in the same shape. */
export function errorResponse(refusal: ExpectedError<StationRefusalCode>): Response {
	const { code, message, data } = refusal;
	const { status } = STATION_REFUSALS[code];
	return Response.json({ defined: true, code, status, message, data }, { status });
}

/** The answer to a method that an address does not take. */
export function methodNotAllowed(path: string, allowed: readonly string[]): Response {
	const response = errorResponse(new Refusal("METHOD_NOT_ALLOWED", { path, allowed }));
	response.headers.set("allow", allowed.join(", "));
	return response;
}
