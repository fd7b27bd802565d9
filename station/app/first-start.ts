import type { StationDatabase } from "../../db/station/open.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import type { StationSetup } from "../../protocol/api/setup.ts";
import { Refusal } from "../refusal.ts";
import type { StaffAccounts } from "../staff/staff-accounts.ts";
import { isStaffName, tidyName } from "../staff/staff-name.ts";
import type { FirstStartMode } from "./settings.ts";

/** The time before a station has a supervisor, when its own kiosk may set it up. */
export interface FirstStart {
	isOpen(): boolean;
	/** The accounts that came from a device before this one and wait for a PIN. */
	withoutPin(): StationSetup["withoutPin"];
	/**
	 * Makes the first account, an administrator's, or gives one without a PIN its own: that ends the first start. Rejects
	 * with FIRST_START_OVER where somebody was quicker, STAFF_EXISTS and NAME_REFUSED.
	 */
	addSupervisor(asked: { name: string; pin: string }): Promise<{ name: string }>;
}

export interface FirstStartDeps {
	database: StationDatabase;
	mode: FirstStartMode;
	staff: StaffAccounts;
	clock(): number;
}

export function openFirstStart({ database, mode, staff, clock }: FirstStartDeps): FirstStart {
	// A station that has given tickets shows visitors its first screen, whoever has lost their account since.
	const hasTickets = () => database.select({ id: ticket.id }).from(ticket).limit(1).get() !== undefined;
	const hasSupervisor = () => staff.list().some(({ role, hasPin }) => role !== "agent" && hasPin);
	const isOpen = () => mode === "touch" && !hasSupervisor() && !hasTickets();
	// Hashing a PIN takes a while: of two people at once the second finds the first one's account.
	let last: Promise<unknown> = Promise.resolve();
	return {
		isOpen,
		withoutPin() {
			const accounts = staff.list().filter(({ hasPin }) => !hasPin);
			const administrators = accounts.filter(({ role }) => role === "administrator").map((one) => one.name);
			return { accounts: accounts.length, administrators };
		},
		addSupervisor({ name: typed, pin }) {
			const name = tidyName(typed);
			const add = async () => {
				if (!isOpen()) throw new Refusal("FIRST_START_OVER");
				if (!isStaffName(name)) throw new Refusal("NAME_REFUSED");
				const known = staff.find(name);
				const isOwn = known === undefined || (known.role === "administrator" && !known.hasPin);
				if (!isOwn) throw new Refusal("STAFF_EXISTS", { name: known.name });
				await staff.setPin(known?.name ?? name, pin, "administrator", { now: clock() });
				return { name: known?.name ?? name };
			};
			const added = last.then(add, add);
			last = added;
			return added;
		},
	};
}
