import { eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { webPushSubscription } from "../../db/station/schema/web-push.ts";
import type { TicketId } from "../../protocol/model/ids.ts";

export type Subscription = typeof webPushSubscription.$inferSelect;

/** The phones that asked, one a ticket. */
export interface Subscriptions {
	list(): Subscription[];
	/** In place of the ticket's phone before. */
	save(subscription: Subscription): void;
	/** Keeps what the visitor knows now; only of the subscription that is still at this address. */
	setLastNotice(subscription: Pick<Subscription, "ticket" | "endpoint">, lastNotice: string | null): void;
	delete(ticket: TicketId): void;
	deleteAll(): void;
}

export function openSubscriptions(database: StationDatabase): Subscriptions {
	const { ticket, endpoint } = webPushSubscription;
	return {
		list: () => database.select().from(webPushSubscription).all(),
		save: (subscription) =>
			void database
				.insert(webPushSubscription)
				.values(subscription)
				.onConflictDoUpdate({ target: ticket, set: subscription })
				.run(),
		setLastNotice: (of, lastNotice) =>
			void database
				.update(webPushSubscription)
				.set({ lastNotice })
				.where(sql`${eq(ticket, of.ticket)} and ${eq(endpoint, of.endpoint)}`)
				.run(),
		delete: (id) => void database.delete(webPushSubscription).where(eq(ticket, id)).run(),
		deleteAll: () => void database.delete(webPushSubscription).run(),
	};
}
