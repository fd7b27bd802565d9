/**
 * Every refusal that the API can give: a stable code, its HTTP status and one plain sentence
 * that says what to do. Codes are for programs and never change; sentences are for people.
 */
export const REFUSALS = {
	TOPIC_UNKNOWN: { status: 404, message: "This station has no such topic. GET /api/topics lists those it offers." },
	LANGUAGE_UNKNOWN: {
		status: 422,
		message: "This language is not one of the twelve. Use a tag such as zh-Hans, en or ar.",
	},
	TICKET_UNKNOWN: { status: 404, message: "There is no such ticket at this station." },
	COUNTER_UNKNOWN: { status: 404, message: "This site has no such counter." },
	COUNTER_NOT_YOURS: {
		status: 403,
		message: "You are signed in at another counter. Sign in at this one to act for it.",
	},
	COUNTER_OCCUPIED: {
		status: 409,
		message: "Somebody else is at this counter. Take another, or take it over.",
	},
	COUNTER_UNSTAFFED: { status: 409, message: "Nobody is signed in at this counter." },
	COUNTER_PAUSED: { status: 409, message: "You are on a break. End it, then call the next." },
	ROLE_REQUIRED: { status: 403, message: "Your account may not do this. Ask a supervisor." },
	TICKET_AT_OTHER_COUNTER: {
		status: 409,
		message: "The ticket is at another counter. Ask there, or ask a supervisor.",
	},
	TRANSFER_TARGET_UNKNOWN: { status: 422, message: "This site has no such topic or counter to send the ticket to." },
	TOPIC_CLOSED: { status: 409, message: "This topic is not taken today. Ask staff when it will be." },
	TOPIC_FULL: { status: 409, message: "Today's tickets for this topic have all been given out." },
	SITE_CLOSED: {
		status: 409,
		message:
			"The site is closed now; `opensAt` says when it opens. Come back then, or ask staff, who can still give a ticket.",
	},
	COUNTER_BUSY: {
		status: 409,
		message: "This counter still has a ticket. Finish it, or mark it as a no-show, then call the next.",
	},
	COUNTER_IDLE: { status: 409, message: "No ticket is at this counter. Call the next one first." },
	TICKET_STATE: { status: 409, message: "The ticket's state does not allow this." },
	CODE_UNKNOWN: { status: 404, message: "There is no ticket with this code today. Check it on the paper." },
	CODE_RATE_LIMITED: { status: 429, message: "Too many wrong codes from this phone. Wait a minute, then try again." },
	VISIT_UNKNOWN: { status: 404, message: "Nobody is expected today with this code. Check it, or take a ticket." },
	VISIT_OTHER_DAY: { status: 409, message: "This appointment is for another day. Ask staff." },
	TOPIC_REPEATED: { status: 422, message: "The same topic is on the ticket twice. Name each topic once." },
	SITE_UNKNOWN: { status: 404, message: "The catalogue has no such site, or it does not offer this topic." },
	SITE_ADDRESS_UNKNOWN: {
		status: 409,
		message: "The catalogue has only an example as this site's address. Enter the true one, or ask staff for it.",
	},
	NO_TICKET_BEHIND: { status: 409, message: "Nobody waits behind this ticket, so there is nobody to let go first." },
	ALREADY_RATED: { status: 409, message: "This visit has been rated. Thank you." },
	NOTHING_TO_UNDO: { status: 409, message: "There is no act on this ticket that could be taken back." },
	TICKET_CHANGED: { status: 409, message: "The ticket has changed since you saw it. Look at the queue again." },
	PRINT_IN_FLIGHT: {
		status: 409,
		message: "The ticket is still on its way to the printer. Wait until it is printed or in doubt, then reprint.",
	},
	PRINTER_NOT_READY: { status: 409, message: "The printer cannot print now. Look at what it says, then try again." },
	KIOSK_KEY_REQUIRED: {
		status: 401,
		message: "Only this station's kiosk may issue tickets. Send its key as a bearer token.",
	},
	DEVICE_UNPAIRED: {
		status: 403,
		message: "This device is not paired with the station. Open /setup on it and type the code that staff read out.",
	},
	PAIRING_CODE_UNKNOWN: {
		status: 404,
		message: "This pairing code is wrong, used or too old. Ask staff to read out a new one.",
	},
	PAIRING_RATE_LIMITED: { status: 429, message: "Too many wrong pairing codes. Wait a minute, then try again." },
	DEVICE_UNKNOWN: { status: 404, message: "There is no such device. GET /api/devices lists those that are paired." },
	ENROLMENT_FAILED: { status: 422, message: "The station was not enrolled; `reason` says why. Nothing was changed." },
	SIGN_IN_REQUIRED: { status: 401, message: "Sign in with your name and PIN, and send the token as a bearer token." },
	SIGN_IN_REFUSED: { status: 401, message: "Name and PIN do not match. Check both and try again." },
	STAFF_LOCKED: { status: 423, message: "Too many wrong PINs. Wait until the time given, or ask a supervisor." },
	HOST_REFUSED: { status: 421, message: "This station does not answer under that host name." },
	ORIGIN_REFUSED: { status: 403, message: "Requests from another site's pages are refused." },
	BODY_TOO_LARGE: { status: 413, message: "The body is too large: 16 KiB at most." },
	MEDIA_TYPE_UNSUPPORTED: { status: 415, message: "Send the body as application/json." },
	METHOD_NOT_ALLOWED: {
		status: 405,
		message: "This address does not take that method. The Allow header names those it takes.",
	},
	BAD_REQUEST: { status: 400, message: "The request does not match the contract. See /api/openapi.json." },
	NOT_FOUND: { status: 404, message: "There is nothing under this address." },
	STATION_ERROR: {
		status: 500,
		message: "The station could not do this. Nothing was changed; try again, and tell IT if it stays.",
	},
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The API's one error shape (oRPC's own). `data` says who and what, where that helps. */
export interface ApiError {
	defined: boolean;
	code: RefusalCode;
	status: number;
	message: string;
	data?: unknown;
}
