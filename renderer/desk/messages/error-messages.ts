import type { RefusalCode } from "../../../protocol/api/refusals.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";
import type { Refusal } from "../state/state.ts";
import type { DeskMessageKey, Messages } from "./messages.ts";

/** The refusals that the desk says in its own words, and what the sentence needs to know. */
const SENTENCES = {
	COUNTER_UNKNOWN: ["counter"],
	COUNTER_NOT_YOURS: ["counter", "yours"],
	COUNTER_BUSY: ["counter", "number"],
	COUNTER_IDLE: [],
	TICKET_UNKNOWN: [],
	TICKET_AT_OTHER_COUNTER: ["number", "counter"],
	TRANSFER_TARGET_UNKNOWN: [],
	SITE_UNKNOWN: [],
	NOTHING_TO_UNDO: ["number"],
	COUNTER_OCCUPIED: ["counter", "staff"],
	COUNTER_PAUSED: [],
	ROLE_REQUIRED: [],
	TICKET_STATE: ["number", "state"],
	TICKET_CHANGED: ["number", "state"],
	PRINT_IN_FLIGHT: ["number"],
	SIGN_IN_REFUSED: [],
	STAFF_LOCKED: ["time"],
	COUNTER_UNSTAFFED: ["counter"],
	TOPIC_UNKNOWN: [],
	TOPIC_CLOSED: [],
	TOPIC_FULL: [],
	DEVICE_UNKNOWN: [],
	STATION_ERROR: [],
} as const satisfies Partial<Record<RefusalCode, readonly string[]>>;

const STATES: Readonly<Record<TicketState, DeskMessageKey>> = {
	waiting: "state_waiting",
	called: "state_called",
	serving: "state_serving",
	parked: "state_parked",
	missed: "state_missed",
	finished: "state_finished",
	cancelled: "state_cancelled",
};

/**
 * A refusal as one or two plain sentences in the desk's language. Where the code is new, or the
 * station tells less than the sentence needs, the station's own words stand in.
 */
export function errorMessage(refusal: Refusal, { language, t }: Messages, clock: (instant: number) => string): string {
	const { code, data, message } = refusal;
	const values: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(data)) {
		if (typeof value === "string" || typeof value === "number") values[name] = value;
	}
	if (isState(data.state)) values.state = t(STATES[data.state]);
	if (typeof data.until === "number") values.time = clock(data.until);

	const known = isKnown(code) && SENTENCES[code].every((name) => name in values);
	const sentence = known ? t(`refusal_${code}`, values) : message;
	if (typeof data.triesLeft !== "number") return sentence;
	return [sentence, t("triesLeft", { count: data.triesLeft })].join(language === "en" ? " " : "");
}

function isKnown(code: string): code is keyof typeof SENTENCES {
	return Object.hasOwn(SENTENCES, code);
}

function isState(state: unknown): state is TicketState {
	return typeof state === "string" && Object.hasOwn(STATES, state);
}
