import type { Catalogue } from "../catalogue/catalogue.ts";
import { openPairing } from "../network/pairing.ts";
import { openSessions } from "../staff/sessions.ts";
import { openSiteSettings } from "../staff/site-settings.ts";
import { openStaffAccounts } from "../staff/staff-accounts.ts";
import { type CounterSkills, DEFAULT_QUEUE_RULES } from "../tickets/queue-order.ts";
import type { Foundation } from "./foundation.ts";

const NO_SKILLS: CounterSkills = { topics: new Set(), languages: new Set() };

export type StaffServices = ReturnType<typeof connectStaff>;

/** Staff, what they set, and the devices that they pair. */
export function connectStaff(
	{ database, eventLog, secrets, newId, changes }: Foundation,
	{ catalogue, pinCost }: { catalogue: Catalogue; pinCost?: number | undefined },
) {
	const pepper = secrets.pinPepper;
	const sessions = openSessions(database, eventLog, changes.notify);
	// The same patience as for a booking's place in the queue.
	const settings = openSiteSettings(database, eventLog, DEFAULT_QUEUE_RULES.appointmentGraceMs);
	return {
		sessions,
		settings,
		staff: openStaffAccounts({ database, eventLog, pepper, newId, pinCost, changed: sessions.refresh }),
		pairing: openPairing({ database, eventLog, pepper, newId }),
		/** At a counter that left the catalogue somebody may still serve a visitor; it calls nobody more. */
		staffing: (now: number) =>
			sessions.staffed(now).map((one) => ({
				...one,
				skills: catalogue.counters.includes(one.counter) ? settings.skillsOf(one.counter) : NO_SKILLS,
			})),
	};
}
