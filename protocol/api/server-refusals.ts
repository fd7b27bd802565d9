import { z } from "zod";
import { rejectedEntrySchema } from "../catalogue/rejected-entry.ts";
import { instantSchema } from "../model/ticket.ts";
import type { DataArguments, RefusalTable } from "./refusal-table.ts";

/** The server knows no such station, or knows it otherwise than the request needs. */
const ofStation = z.object({ station: z.string() });
const ofSite = z.object({ site: z.string() });

/**
 * Every refusal of the server, to a station, to a visitor's phone and to the fleet's page: a stable code, its HTTP
 * status, one plain sentence that says what to do, and the data that comes with it.
 */
export const SERVER_REFUSALS = {
	TOKEN_REQUIRED: { status: 401, message: "Send the station's token. Enrol the station first: paihao enrol." },
	TOKEN_REFUSED: { status: 401, message: "The token is not of an enrolled station, or it has expired." },
	CLOCK_WRONG: {
		status: 401,
		message: "The station's clock is too far from the server's. Set it, then try again.",
		/** The server's clock. */
		data: z.object({ time: instantSchema }),
	},
	STATION_REVOKED: {
		status: 403,
		message: "The server revoked this station, or another device was enrolled in its place. Enrol it again.",
		data: z.object({ since: instantSchema }),
	},
	STREAM_FOREIGN: {
		status: 403,
		message: "This stream belongs to another station.",
		data: z.object({ stream: z.string() }),
	},
	STREAM_MOVED: {
		status: 409,
		message: "The stream does not end there. Continue from the end in this answer.",
		data: z.object({ stream: z.string(), after: z.int(), end: z.int() }),
	},
	BATCH_INVALID: {
		status: 422,
		message: "The events do not follow each other, or their hashes do not fit.",
		/** The last event before the batch, or the first that does not follow. */
		data: z.object({ after: z.int().optional(), seq: z.int().optional() }),
	},
	EVENT_UNKNOWN: {
		status: 422,
		message: "An event is of no format that this server reads. Update the server.",
		data: z.object({ seq: z.int() }),
	},
	EVENTS_CONFLICT: {
		status: 422,
		message:
			"An event of this batch is in another stream already, or one that it calls known is not known. Ask which are known.",
		/** The last event that was accepted. */
		data: z.object({ after: z.int() }),
	},
	COMMAND_NUMBER_UNKNOWN: {
		status: 409,
		message: "This server has sent no command with that number. Check its clock, or enrol the station again.",
		data: z.object({ number: z.int() }),
	},
	BODY_TOO_LARGE: {
		status: 413,
		message: "The body is too large, as received or after inflating.",
		/** Bytes. */
		data: z.object({ limit: z.int() }),
	},
	BODY_INVALID: {
		status: 400,
		message: "The body is not whole, or not what its headers say.",
		data: z.object({ coding: z.string().optional() }),
	},
	MEDIA_TYPE_UNSUPPORTED: {
		status: 415,
		message: "Send the body as application/json.",
		data: z.object({ type: z.string().nullable() }),
	},
	BAD_REQUEST: {
		status: 400,
		message: "The request does not match the protocol.",
		/** The first field that does not match. */
		data: z.object({ at: z.string().optional() }),
	},
	ENROLMENT_CODE_INVALID: {
		status: 403,
		message: "This code is not valid, was used, or has expired. Ask IT for another.",
	},
	CODE_RATE_LIMITED: { status: 429, message: "Too many wrong codes. Wait a minute, then try again." },
	SITE_MISMATCH: {
		status: 409,
		message: "The code is for another site. Use the one that was made for this site.",
		data: ofSite,
	},
	SITE_OCCUPIED: {
		status: 409,
		message: "This site has a station already. Ask IT for a code that puts another device in its place.",
		data: ofSite,
	},
	STATION_ALREADY_ENROLLED: {
		status: 409,
		message: "A device was enrolled as this station. Revoke it instead.",
		data: ofStation,
	},
	KEY_INVALID: { status: 422, message: "The public key is not an Ed25519 key." },
	DOCUMENT_UNKNOWN: { status: 404, message: "No document of this kind was published yet." },
	SIGNER_MISSING: {
		status: 409,
		message:
			"This machine does not have the signing key. Publish on the machine that has it, or name its file with --key.",
	},
	CATALOGUE_INVALID: {
		status: 422,
		message: "The catalogue has errors; nothing was published. Correct them first.",
		data: z.object({ errors: z.array(rejectedEntrySchema) }),
	},
	CODE_UNKNOWN: { status: 404, message: "There is no ticket with this code. Check it on the paper." },
	STATION_UNREACHABLE: { status: 503, message: "The station was not reached. Try again, or ask at a counter." },
	VISITOR_REFUSED: {
		status: 409,
		message: "The station did not do this; `reason` says why.",
		data: z.object({ reason: z.string() }),
	},
	STATION_UNKNOWN: { status: 404, message: "The server knows no such station.", data: ofStation },
	SIGN_IN_REQUIRED: { status: 401, message: "Sign in first." },
	SIGN_IN_REFUSED: { status: 401, message: "Name and password do not match. Check both and try again." },
	SIGN_IN_RATE_LIMITED: {
		status: 429,
		message: "Too many sign-in attempts from this address. Wait a minute, then try again.",
	},
	ORIGIN_REFUSED: { status: 403, message: "Requests from another site's pages are refused." },
	METHOD_NOT_ALLOWED: {
		status: 405,
		message: "This address does not allow that method. The Allow header names the allowed ones.",
		data: z.object({ path: z.string(), allowed: z.array(z.string()).readonly() }),
	},
	NOT_FOUND: {
		status: 404,
		message: "There is nothing under this address.",
		data: z.object({ path: z.string() }),
	},
	DATABASE_BUSY: { status: 503, message: "The database is busy. Try again." },
	DATABASE_UNAVAILABLE: { status: 503, message: "The database does not answer. The server tries again by itself." },
	SERVER_ERROR: {
		status: 500,
		message: "The server could not do this; nothing was written.",
		/** Under which the server's log has the error. */
		data: z.object({ id: z.string() }),
	},
} as const satisfies RefusalTable;

export type ServerRefusalCode = keyof typeof SERVER_REFUSALS;

/** The data of a refusal as arguments. */
export type ServerRefusalData<Code extends ServerRefusalCode> = DataArguments<typeof SERVER_REFUSALS, Code>;
