import type { StaffCall } from "../state/state.ts";
import type { KioskMessageKey } from "./messages.ts";

interface StaffCallMessages {
	title: KioskMessageKey;
	hint: KioskMessageKey;
}

const SPEAK_TO_STAFF: StaffCallMessages = { title: "staff.title", hint: "staff.hint" };

/** What a visitor who asked for staff is told: never more than the station knows. */
export const STAFF_CALL_MESSAGES: Readonly<Record<StaffCall, StaffCallMessages>> = {
	sending: SPEAK_TO_STAFF,
	failed: SPEAK_TO_STAFF,
	received: { title: "staff.notified", hint: "staff.notifiedHint" },
	answered: { title: "staff.coming", hint: "staff.notifiedHint" },
};
