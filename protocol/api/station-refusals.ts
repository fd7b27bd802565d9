import { z } from "zod";
import { deviceKindSchema } from "../model/device.ts";
import { printerConditionSchema, printStateSchema } from "../model/print.ts";
import { sessionEndSchema, staffRoleSchema } from "../model/staff.ts";
import { instantSchema, serviceDaySchema, ticketNumberSchema, ticketStateSchema } from "../model/ticket.ts";
import { listColumnsSchema, listRemarkSchema } from "../model/visit.ts";
import type { DataArguments, DataOf, RefusalTable } from "./refusal-table.ts";

/** The ticket as it is now. */
const ticketNow = z.object({
	ticket: z.string(),
	number: ticketNumberSchema,
	state: ticketStateSchema,
	version: z.int().min(1).optional(),
	counter: z.string().nullable().optional(),
});

/** When to try again, UTC milliseconds. */
const retryAfter = z.object({ until: instantSchema });

/**
 * Every refusal of the station's API: a stable code, its HTTP status, one plain sentence that says what to do, and
 * the data that comes with it. Programs read codes and data, which only grow; people read sentences.
 */
export const STATION_REFUSALS = {
	TOPIC_UNKNOWN: {
		status: 404,
		message: "This station has no such topic. GET /api/topics lists those it offers.",
		data: z.object({ topic: z.string() }),
	},
	LANGUAGE_UNKNOWN: {
		status: 422,
		message: "This language is not one of the twelve. Use a tag such as zh-Hans, en or ar.",
		data: z.object({ language: z.string() }),
	},
	TICKET_UNKNOWN: {
		status: 404,
		message: "There is no such ticket at this station.",
		data: z.object({ id: z.string() }),
	},
	COUNTER_UNKNOWN: {
		status: 404,
		message: "This site has no such counter.",
		data: z.object({ counter: z.string(), counters: z.array(z.string()).readonly() }),
	},
	COUNTER_NOT_YOURS: {
		status: 403,
		message: "You are signed in at another counter. Sign in at this one to act for it.",
		data: z.object({ counter: z.string(), yours: z.string() }),
	},
	COUNTER_OCCUPIED: {
		status: 409,
		message: "Somebody else is at this counter. Choose another, or take it over.",
		data: z.object({ counter: z.string(), staff: z.string() }),
	},
	COUNTER_UNSTAFFED: {
		status: 409,
		message: "No one is signed in at this counter.",
		data: z.object({ counter: z.string() }),
	},
	COUNTER_PAUSED: {
		status: 409,
		message: "You are on a break. End it, then call the next ticket.",
		data: z.object({ counter: z.string(), since: instantSchema }),
	},
	ROLE_REQUIRED: {
		status: 403,
		message: "Your account may not do this. Ask a supervisor.",
		data: z.object({ role: staffRoleSchema, required: staffRoleSchema }),
	},
	TICKET_AT_OTHER_COUNTER: {
		status: 409,
		message: "The ticket is at another counter. Ask there, or ask a supervisor.",
		data: z.object({ ticket: z.string(), number: ticketNumberSchema, counter: z.string(), yours: z.string() }),
	},
	TRANSFER_TARGET_UNKNOWN: {
		status: 422,
		message: "This site has no such topic or counter to send the ticket to.",
		data: z.object({
			topic: z.string().optional(),
			counter: z.string().nullable(),
			counters: z.array(z.string()).readonly(),
		}),
	},
	TRANSFER_UNREACHABLE: {
		status: 409,
		message:
			"No staffed counter would call the ticket there. Choose one of `counters`; for a topic alone, send `anyway` to let it wait.",
		data: z.object({
			topic: z.string(),
			counter: z.string().nullable(),
			/** The counter is not staffed, or does not serve the topic. */
			reason: z.enum(["unstaffed", "not-served"]),
			/** The staffed counters that serve the topic. */
			counters: z.array(z.string()).readonly(),
		}),
	},
	TICKET_AT_HAND: {
		status: 409,
		message:
			"A ticket is still at the counter. Say what becomes of it with `ticket`: return (to its place in the queue), finish, or keep (for whoever comes to this counter next).",
		data: ticketNow.extend({ counter: z.string() }),
	},
	STAFF_UNKNOWN: {
		status: 404,
		message: "There is no such account. GET /api/staff lists them.",
		data: z.object({ staff: z.string() }),
	},
	STAFF_EXISTS: {
		status: 409,
		message: "There is an account of this name. Give it a new PIN instead, or choose another name.",
		data: z.object({ name: z.string() }),
	},
	OWN_ACCOUNT: {
		status: 409,
		message: "You cannot remove your own account or change its role. Ask another supervisor.",
	},
	NAME_REFUSED: {
		status: 422,
		message: "A name is 1 to 64 characters, without marks that are not seen. Choose another.",
	},
	TOPIC_CLOSED: {
		status: 409,
		message: "This topic is closed today. Ask staff when it opens again.",
		data: z.object({ topic: z.string() }),
	},
	TOPIC_FULL: {
		status: 409,
		message: "Today's tickets for this topic have all been given out.",
		data: z.object({ topic: z.string(), quota: z.int().nullable() }),
	},
	TOPIC_LATER: {
		status: 409,
		message: "This quarter of an hour's tickets for this topic have been given out; `from` says when the next are.",
		data: z.object({ topic: z.string(), from: instantSchema }),
	},
	SITE_CLOSED: {
		status: 409,
		message:
			"The site is closed now; `opensAt` says when it opens. Come back then, or ask staff, who can still give a ticket.",
		data: z.object({ opensAt: instantSchema.nullable() }),
	},
	CLOSURE_PAST: {
		status: 422,
		message: "That time has passed. Close the site until a later one.",
		data: z.object({ until: instantSchema }),
	},
	COUNTER_BUSY: {
		status: 409,
		message: "This counter still has a ticket. Finish it, or mark it as a no-show, then call the next.",
		data: z.object({
			counter: z.string(),
			ticket: z.string(),
			number: ticketNumberSchema,
			state: ticketStateSchema,
		}),
	},
	COUNTER_IDLE: {
		status: 409,
		message: "No ticket is at this counter. Call the next one first.",
		data: z.object({ counter: z.string() }),
	},
	TICKET_STATE: {
		status: 409,
		message: "The ticket's state does not allow this.",
		data: ticketNow.extend({ action: z.string().optional(), allowed: z.array(z.string()).readonly().optional() }),
	},
	TICKET_DAY_OVER: {
		status: 409,
		message: "This number is of an earlier day, which is over. Give the visitor a new one.",
		data: z.object({ serviceDay: serviceDaySchema }),
	},
	CODE_UNKNOWN: { status: 404, message: "There is no ticket with this code today. Check it on the paper." },
	CODE_RATE_LIMITED: {
		status: 429,
		message: "Too many wrong codes from this address. Wait a minute, then try again.",
		data: retryAfter,
	},
	VISIT_UNKNOWN: { status: 404, message: "No visit is expected today with this code. Check it, or take a ticket." },
	VISIT_OTHER_DAY: {
		status: 409,
		message: "This appointment is for another day. Ask staff.",
		/** `at` is the booked time. */
		data: z.object({ serviceDay: serviceDaySchema, at: instantSchema, isPast: z.boolean() }),
	},
	VISIT_CANCELLED: { status: 409, message: "This appointment was cancelled. Take a number, or ask staff." },
	VISIT_OVER: {
		status: 409,
		message: "This visit is over: its number has been served or cancelled. Take a new number, or ask staff.",
		data: z.object({ number: ticketNumberSchema }),
	},
	BOOKING_CODE_TAKEN: {
		status: 409,
		message:
			"Another booking of that day has a code that reads the same. Nothing was imported. Change one of the codes, then import the list again.",
		data: z.object({ serviceDay: serviceDaySchema, source: z.string() }),
	},
	LIST_INVALID: {
		status: 422,
		message: "The list cannot be read for sure; `reason` says where and why. Nothing was imported.",
		data: z.object({
			reason: z.string(),
			/** The first reasons, for other languages. */
			reasons: z.array(listRemarkSchema).readonly(),
			/** How many there are beside them. */
			more: z.int().min(0),
			/** A date of the list where day and month cannot be told apart: `dates` says in which order they are. */
			eitherOrder: z.string().nullable(),
			/** A table's columns, where it cannot be told which is which: `columns` says so. */
			columns: listColumnsSchema.nullable(),
		}),
	},
	TOPIC_REPEATED: {
		status: 422,
		message: "The same topic is on the ticket twice. Name each topic once.",
		data: z.object({ topic: z.string() }),
	},
	SITE_UNKNOWN: {
		status: 404,
		message: "The catalogue has no such site, or the site does not offer this topic.",
		data: z.object({ site: z.string(), topic: z.string(), sites: z.array(z.string()).readonly().optional() }),
	},
	SITE_ADDRESS_UNKNOWN: {
		status: 409,
		message: "The catalogue has only an example as this site's address. Enter the real one, or ask staff for it.",
		data: z.object({ site: z.string() }),
	},
	NO_TICKET_BEHIND: {
		status: 409,
		message: "No one waits behind this ticket, so there is no one to let go first.",
		data: ticketNow,
	},
	ALREADY_DELAYED: {
		status: 409,
		message: "This visitor has already said that they are late. It can be said once.",
		data: ticketNow,
	},
	WEB_PUSH_OFF: { status: 409, message: "This station sends no notifications: IT gave it no key for them." },
	WEB_PUSH_REFUSED: {
		status: 400,
		message: "This browser's push service is not one that the station may call, or its keys are damaged.",
	},
	WEB_PUSH_OVER: { status: 409, message: "The ticket is over: there is nothing to be told of it." },
	ALREADY_RATED: { status: 409, message: "This visit has been rated. Thank you.", data: ticketNow },
	NOTHING_TO_UNDO: { status: 409, message: "The last action on this ticket cannot be undone.", data: ticketNow },
	TICKET_CHANGED: {
		status: 409,
		message: "The ticket has changed since you saw it. Look at the queue again.",
		data: ticketNow,
	},
	PRINT_IN_FLIGHT: {
		status: 409,
		message: "The ticket is still on its way to the printer. Wait until it is printed or doubtful, then reprint.",
		data: z.object({ ticket: z.string(), number: ticketNumberSchema, print: printStateSchema }),
	},
	PRINTER_PROFILE_UNKNOWN: {
		status: 404,
		message: "There is no printer profile of this name. GET /api/printer/setup lists them.",
		data: z.object({ profile: z.string() }),
	},
	PRINTER_NOT_READY: {
		status: 409,
		message: "The printer cannot print now. Check its state, then try again.",
		data: z.object({ condition: printerConditionSchema }),
	},
	RESTART_UNAVAILABLE: {
		status: 409,
		message: "This station cannot restart itself here. Restart its program or the machine.",
	},
	FIRST_START_OVER: {
		status: 403,
		message: "The first start of this station is over: it has a supervisor. Sign in at the desk to change its set-up.",
	},
	SITE_NOT_LISTED: {
		status: 404,
		message: "The catalogue has no such site. GET /api/setup/sites lists those it has.",
		data: z.object({ site: z.string() }),
	},
	SITE_FIXED: {
		status: 409,
		message:
			"This station's site cannot change any more; `reason` says why: the settings name it, tickets were given for it, or the station is enrolled for it. To move a machine to another site, start it with an empty data folder.",
		data: z.object({ site: z.string(), reason: z.enum(["settings", "tickets", "enrolment"]) }),
	},
	PRINTER_NOT_FOUND: {
		status: 404,
		message: "No such printer was found. GET /api/setup/printers lists those that are there.",
		data: z.object({ address: z.string() }),
	},
	PRINTER_FIXED: {
		status: 409,
		message: "The station's settings name its printer. Change it in paihao.json, or wherever the station is started.",
		data: z.object({ place: z.string() }),
	},
	KIOSK_KEY_REQUIRED: {
		status: 401,
		message: "Only this station's kiosk may do this. Send its key as a bearer token.",
	},
	DEVICE_UNPAIRED: {
		status: 403,
		message: "This device is not paired with the station. Open /setup on it and type the code that staff read out.",
		data: z.object({ needed: deviceKindSchema, paired: deviceKindSchema.nullable() }),
	},
	PAIRING_CODE_UNKNOWN: {
		status: 404,
		message: "This pairing code is wrong, used or too old. Ask staff to read out a new one.",
	},
	PAIRING_RATE_LIMITED: {
		status: 429,
		message: "Too many wrong pairing codes. Wait a minute, then try again.",
		data: retryAfter,
	},
	DEVICE_UNKNOWN: {
		status: 404,
		message: "There is no such device. GET /api/devices lists those that are paired.",
		data: z.object({ device: z.string() }),
	},
	ENROLMENT_FAILED: {
		status: 422,
		message: "The station was not enrolled; `reason` says why. Nothing was changed.",
		data: z.object({ reason: z.string(), message: z.string() }),
	},
	SIGN_IN_REQUIRED: {
		status: 401,
		message: "Sign in with your name and PIN, and send the token as a bearer token.",
		/** Why the session of this token is over, where the station knows. */
		data: z.object({ ended: sessionEndSchema.optional() }),
	},
	SIGN_IN_REFUSED: {
		status: 401,
		message: "Name and PIN do not match. Check both and try again.",
		/** How many more attempts this device has for the name, whether an account has it or not. */
		data: z.object({ triesLeft: z.int().min(0).optional() }),
	},
	PIN_MISSING: {
		status: 409,
		message: "This account has no PIN yet. Ask a supervisor for one.",
		data: z.object({ name: z.string() }),
	},
	STAFF_LOCKED: {
		status: 423,
		message: "Too many wrong PINs on this device. Wait until the time given, or sign in on another.",
		data: retryAfter,
	},
	HOST_REFUSED: {
		status: 421,
		message: "This station does not answer under that host name.",
		data: z.object({ host: z.string() }),
	},
	ORIGIN_REFUSED: {
		status: 403,
		message: "The station refuses requests from another site's pages.",
		data: z.object({ origin: z.string() }),
	},
	BODY_TOO_LARGE: {
		status: 413,
		message: "The body is too large: 16 KiB at most.",
		/** Bytes. */
		data: z.object({ limit: z.int() }),
	},
	MEDIA_TYPE_UNSUPPORTED: {
		status: 415,
		message: "Send the body as application/json.",
		data: z.object({ type: z.string().nullable() }),
	},
	METHOD_NOT_ALLOWED: {
		status: 405,
		message: "This address does not take that method. The Allow header names those it takes.",
		data: z.object({ path: z.string(), allowed: z.array(z.string()).readonly() }),
	},
	BAD_REQUEST: {
		status: 400,
		message: "The request does not match the contract. See /api/openapi.json.",
		/** What does not match, where the schema says it. */
		data: z.object({ issues: z.array(z.unknown()).optional() }),
	},
	NOT_FOUND: {
		status: 404,
		message: "There is nothing at this address.",
		data: z.object({ path: z.string() }),
	},
	DISK_FULL: {
		status: 507,
		message: "The station's disk is full. Nothing was changed. Ask IT to free space, then try again.",
	},
	STATION_ERROR: {
		status: 500,
		message: "The station could not do this. Nothing was changed; try again, and tell IT if it continues.",
		/** Under which the station's log has the error. */
		data: z.object({ id: z.string() }),
	},
} as const satisfies RefusalTable;

export type StationRefusalCode = keyof typeof STATION_REFUSALS;

/** The data of a refusal; undefined for a code that has none. */
export type RefusalData<Code extends StationRefusalCode> = DataOf<typeof STATION_REFUSALS, Code>;
/** The same as arguments. */
export type StationRefusalData<Code extends StationRefusalCode> = DataArguments<typeof STATION_REFUSALS, Code>;
