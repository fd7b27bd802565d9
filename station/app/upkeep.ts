import { openRetention } from "../retention/retention.ts";
import { startRetention } from "../retention/start-retention.ts";
import { startClosingPastDays } from "../tickets/close-past-days.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import { startDiskWatch } from "./disk-watch.ts";
import type { Foundation } from "./foundation.ts";

/** What the station does by itself: it watches the disk, closes past days, and redacts what it has kept long enough. */
export function startUpkeep(opened: AsyncDisposableStack, foundation: Foundation, tickets: TicketService): void {
	const { database, clock, holdsDay, log, configuration, enrolmentStore } = foundation;
	opened.defer(startDiskWatch(foundation.readDisk, log));
	opened.defer(startClosingPastDays(tickets, { clock, holdsDay, log }));
	opened.defer(
		startRetention(openRetention(database), {
			days: configuration.retentionDays,
			isEnrolled: () => enrolmentStore.read().enrolment !== undefined,
			...{ clock, holdsDay, log },
		}),
	);
}
