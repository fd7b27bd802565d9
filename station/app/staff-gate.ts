import type { Logger } from "pino";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { MINUTE_MS, SECOND_MS } from "../../lib/time/durations.ts";
import type { KioskAction } from "../../protocol/api/staff-gate-contract.ts";
import { Refusal } from "../refusal.ts";
import type { StaffAccounts } from "../staff/staff-accounts.ts";

/** What supervisors do at the glass of the station's own kiosk. */
export interface StaffGate {
	/** Rejects with SIGN_IN_REFUSED, STAFF_LOCKED and RESTART_UNAVAILABLE. */
	act(asked: { pin: string; action: KioskAction }): Promise<void>;
	/** Whether the window is to end. Told once. */
	takeLeave(): boolean;
}

export interface StaffGateDeps {
	staff: Pick<StaffAccounts, "findSupervisor">;
	/** Ends the window; undefined where another program shows it and asks by itself. */
	leave: (() => void) | undefined;
	/** Undefined where nothing can restart the program. */
	restart: (() => void) | undefined;
	clock(): number;
	log: Logger;
}

const MAX_WRONG_PINS = 5;
const LOCKOUT_MS = 15 * MINUTE_MS;
/** The window asks every two seconds. One that was away meanwhile must not end an hour later. */
const LEAVE_WITHIN_MS = 20 * SECOND_MS;
/** After the answer has reached the page. */
const ACT_AFTER_MS = 300;

export function openStaffGate({ staff, leave, restart, clock, log }: StaffGateDeps): StaffGate {
	// No name is asked for at the glass, so all wrong PINs count together.
	const limiter = new RateLimiter({
		maxAttempts: MAX_WRONG_PINS,
		windowMs: LOCKOUT_MS,
		refuse: (until) => new Refusal("STAFF_LOCKED", { until }),
	});
	let leavingSince: number | undefined;
	return {
		async act({ pin, action }) {
			const now = clock();
			limiter.requireBelowLimit("glass", now);
			const attempts = limiter.count("glass", now);
			const found = await staff.findSupervisor(pin);
			if (!found) throw new Refusal("SIGN_IN_REFUSED", { triesLeft: MAX_WRONG_PINS - attempts });
			limiter.reset("glass");
			if (action === "restart" && restart === undefined) throw new Refusal("RESTART_UNAVAILABLE");
			log.info({ event: "kiosk.staff.acted", action, staff: found.id }, "a supervisor acted at the kiosk's glass");
			const run = action === "restart" ? restart : leave;
			if (run) setTimeout(run, ACT_AFTER_MS);
			else leavingSince = now;
		},
		takeLeave() {
			const isLeaving = leavingSince !== undefined && clock() - leavingSince < LEAVE_WITHIN_MS;
			leavingSince = undefined;
			return isLeaving;
		},
	};
}
