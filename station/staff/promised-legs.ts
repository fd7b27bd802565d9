import { and, count, eq, gte, isNull, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { expectedVisit, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import type { TopicId } from "../../protocol/model/ids.ts";

/** What a day has promised of a topic. Every leg counts once a ticket, wherever the topic is on it. */
export interface PromisedLegs {
	/**
	 * Tickets of a service day that have the topic still to come, or had it served. A ticket that was cancelled or moved to
	 * another topic before this one was served does not count. `arrivedFrom` counts only those that came since (UTC ms).
	 */
	given(topic: TopicId, serviceDay: string, arrivedFrom?: number): number;
	/** Bookings of the day from an instant on (UTC ms) whose visitors have not come. */
	booked(topic: TopicId, serviceDay: string, from: number): number;
}

export function openPromisedLegs(database: StationDatabase): PromisedLegs {
	const topic = sql.placeholder("topic");
	const isPromised = sql`${ticket.state} <> 'cancelled' and (${ticket.topic} = ${topic}
		or exists (select 1 from json_each(${ticket.nextTopics}) where json_each.value = ${topic}))`;
	const wasServed = sql`exists (select 1 from ${ticketInterval} where ${ticketInterval.ticket} = ${ticket.id}
		and ${ticketInterval.topic} = ${topic} and ${ticketInterval.state} = 'serving')`;
	const countGiven = database
		.select({ count: count() })
		.from(ticket)
		.where(
			and(
				eq(ticket.serviceDay, sql.placeholder("serviceDay")),
				gte(ticket.arrivedAt, sql.placeholder("arrivedFrom")),
				sql`((${isPromised}) or ${wasServed})`,
			),
		)
		.prepare();
	const countBooked = database
		.select({ count: count() })
		.from(expectedVisit)
		.where(
			and(
				eq(expectedVisit.serviceDay, sql.placeholder("serviceDay")),
				eq(expectedVisit.topic, topic),
				gte(expectedVisit.at, sql.placeholder("from")),
				isNull(expectedVisit.ticket),
				isNull(expectedVisit.withdrawnAt),
			),
		)
		.prepare();
	return {
		given: (topic, serviceDay, arrivedFrom = 0) => countGiven.get({ topic, serviceDay, arrivedFrom })?.count ?? 0,
		booked: (topic, serviceDay, from) => countBooked.get({ topic, serviceDay, from })?.count ?? 0,
	};
}
