import type { Catalogue } from "../catalogue/catalogue.ts";
import type { StaffAccounts } from "../staff/staff-accounts.ts";
import { openStatistics, type StationStatistics } from "../statistics/statistics.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import type { Foundation } from "./foundation.ts";

/** Long after a start: a visitor comes first. */
const FIRST_MS = 30_000;
/** A day is packed in some milliseconds; a visitor's tap comes in between. */
const BETWEEN_DAYS_MS = 200;
const LOOK_MS = 10 * 60_000;

interface StatisticsSources {
	catalogue: Catalogue;
	staff: StaffAccounts;
	tickets: Pick<TicketService, "serviceDay">;
}

/** What the station can say of its past days, which it prepares while nothing else is to be done. */
export function connectStatistics(
	opened: AsyncDisposableStack,
	{ database, clock, log }: Foundation,
	{ catalogue, staff, tickets }: StatisticsSources,
): StationStatistics {
	const statistics = openStatistics(database, {
		timezone: catalogue.clock.timezone,
		roleOf: (id) => staff.list().find((one) => one.id === id)?.role ?? null,
	});
	const prepare = () => {
		let hasMore = false;
		try {
			hasMore = statistics.prepareNext(tickets.serviceDay(clock()));
		} catch (err) {
			log.error({ err }, "statistics.prepare.failed");
		}
		timer = setTimeout(prepare, hasMore ? BETWEEN_DAYS_MS : LOOK_MS);
		timer.unref();
	};
	let timer = setTimeout(prepare, FIRST_MS);
	timer.unref();
	opened.defer(() => clearTimeout(timer));
	return statistics;
}
