import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TicketId } from "../../../protocol/model/ids.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { ticket } from "./tickets.ts";

/**
 * Phones that asked for notifications, one a ticket. A row is deleted when its ticket ends; none of it is in an event,
 * so nothing of it leaves the station.
 */
export const webPushSubscription = sqliteTable("web_push_subscription", {
	ticket: text()
		.$type<TicketId>()
		.primaryKey()
		.references(() => ticket.id),
	/** The ticket's code, for the page that the notification opens. */
	code: text().notNull(),
	/** The address at the push service of the browser's maker. */
	endpoint: text().notNull(),
	/** The browser's public key and secret, base64url. */
	p256dh: text().notNull(),
	auth: text().notNull(),
	language: text().$type<Language>().notNull(),
	/** What the visitor was last told, by its key: see noticeOf. */
	lastNotice: text("last_notice"),
	subscribedAt: integer("subscribed_at").notNull(),
});
