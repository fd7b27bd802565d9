import type { StationRefusalCode } from "../../../protocol/api/station-refusals.ts";
import { formatServiceDay } from "../../i18n/format-time.ts";
import type { Refusal } from "../state/state.ts";
import type { Messages } from "./messages.ts";
import { ticketStateMessage } from "./model-messages.ts";

/** A sentence for staff, and the code to tell IT. */
export interface ErrorText {
	text: string;
	/** Null where the sentence is no refusal. */
	code: string | null;
}

/** Refusals that no action of the desk should get. Staff read one general sentence and tell IT the code. */
const UNEXPECTED = null;

/** The members of its data that each refusal's sentence needs. */
const SENTENCES = {
	COUNTER_UNKNOWN: ["counter"],
	COUNTER_NOT_YOURS: ["counter", "yours"],
	COUNTER_BUSY: ["counter", "number"],
	COUNTER_IDLE: [],
	COUNTER_OCCUPIED: ["counter", "staff"],
	COUNTER_UNSTAFFED: ["counter"],
	COUNTER_PAUSED: [],
	TICKET_UNKNOWN: [],
	TICKET_AT_OTHER_COUNTER: ["number", "counter"],
	TICKET_STATE: ["number", "state"],
	TICKET_CHANGED: ["number", "state"],
	TICKET_DAY_OVER: [],
	TRANSFER_TARGET_UNKNOWN: [],
	TRANSFER_UNREACHABLE: [],
	TICKET_AT_HAND: ["number", "counter"],
	STAFF_UNKNOWN: [],
	STAFF_EXISTS: ["name"],
	OWN_ACCOUNT: [],
	NAME_REFUSED: [],
	NOTHING_TO_UNDO: ["number"],
	TOPIC_UNKNOWN: [],
	TOPIC_CLOSED: [],
	TOPIC_FULL: [],
	TOPIC_LATER: ["time"],
	CLOSURE_PAST: [],
	LIST_INVALID: ["reason"],
	TOPIC_REPEATED: [],
	SITE_CLOSED: [],
	SITE_UNKNOWN: [],
	SITE_FIXED: [],
	SITE_NOT_LISTED: UNEXPECTED,
	PRINT_IN_FLIGHT: ["number"],
	PRINTER_NOT_READY: [],
	PRINTER_NOT_FOUND: [],
	PRINTER_FIXED: [],
	PRINTER_PROFILE_UNKNOWN: UNEXPECTED,
	ROLE_REQUIRED: [],
	SIGN_IN_REQUIRED: [],
	SIGN_IN_REFUSED: [],
	PIN_MISSING: ["name"],
	STAFF_LOCKED: ["time"],
	DEVICE_UNKNOWN: [],
	DEVICE_UNPAIRED: [],
	DISK_FULL: [],
	STATION_ERROR: [],
	ALREADY_DELAYED: UNEXPECTED,
	WEB_PUSH_OFF: UNEXPECTED,
	WEB_PUSH_REFUSED: UNEXPECTED,
	WEB_PUSH_OVER: UNEXPECTED,
	ALREADY_RATED: UNEXPECTED,
	BAD_REQUEST: UNEXPECTED,
	BODY_TOO_LARGE: UNEXPECTED,
	CODE_RATE_LIMITED: ["time"],
	CODE_UNKNOWN: UNEXPECTED,
	ENROLMENT_FAILED: UNEXPECTED,
	HOST_REFUSED: UNEXPECTED,
	FIRST_START_OVER: UNEXPECTED,
	RESTART_UNAVAILABLE: UNEXPECTED,
	KIOSK_KEY_REQUIRED: UNEXPECTED,
	LANGUAGE_UNKNOWN: UNEXPECTED,
	MEDIA_TYPE_UNSUPPORTED: UNEXPECTED,
	METHOD_NOT_ALLOWED: UNEXPECTED,
	NO_TICKET_BEHIND: UNEXPECTED,
	NOT_FOUND: UNEXPECTED,
	ORIGIN_REFUSED: UNEXPECTED,
	PAIRING_CODE_UNKNOWN: UNEXPECTED,
	PAIRING_RATE_LIMITED: UNEXPECTED,
	SITE_ADDRESS_UNKNOWN: UNEXPECTED,
	VISIT_OTHER_DAY: ["day", "time"],
	VISIT_CANCELLED: [],
	VISIT_OVER: ["number"],
	BOOKING_CODE_TAKEN: UNEXPECTED,
	VISIT_UNKNOWN: [],
} as const satisfies Record<StationRefusalCode, readonly string[] | null>;

type Sentences = typeof SENTENCES;
type ExpectedCode = { [Code in keyof Sentences]: Sentences[Code] extends null ? never : Code }[keyof Sentences];

/**
 * A refusal as one or two plain sentences in the desk's language. Without the data that its sentence needs, or with an
 * unexpected code, staff read the general sentence.
 */
export function errorText(refusal: Refusal, messages: Messages, clock: (instant: number) => string): ErrorText {
	const { code, data } = refusal;
	const { t, language } = messages;
	const values: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(data)) {
		if (typeof value === "string" || typeof value === "number") values[name] = value;
	}
	if (typeof data.state === "string") values.state = ticketStateMessage(data.state, messages);
	const time = data.until ?? data.from ?? data.at;
	if (typeof time === "number") values.time = clock(time);
	if (typeof data.serviceDay === "string") values.day = formatServiceDay(data.serviceDay, language);

	const isSayable = isExpected(code) && SENTENCES[code].every((name) => name in values);
	const sentences = [isSayable ? t(`refusal_${code}`, values) : t("refusalUnexpected")];
	if (typeof data.triesLeft === "number") sentences.push(t("triesLeft", { count: data.triesLeft }));
	return { text: sentences.join(language === "en" ? " " : ""), code };
}

function isExpected(code: string): code is ExpectedCode {
	return Object.hasOwn(SENTENCES, code) && SENTENCES[code as StationRefusalCode] !== UNEXPECTED;
}
