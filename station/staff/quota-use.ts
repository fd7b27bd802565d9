import { and, count, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { expectedVisit, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import type { TopicId } from "../../protocol/model/ids.ts";

/** What a day has promised of a topic. Every leg counts once a ticket, wherever the topic is on it. */
export interface PromisedLegs {
	/**
	 * Tickets of a service day that have the topic still to come, or had it served. A ticket that was cancelled, moved to
	 * another topic or referred to another site before this one was served does not count. `arrivedFrom` counts only those that came since (UTC ms).
	 */
	given(topic: TopicId, serviceDay: string, arrivedFrom?: number): number;
	/** Bookings of the day between two instants (UTC ms) whose visitors have not come. */
	booked(topic: TopicId, serviceDay: string, between: { from: number; to: number }): number;
	/** Visitors whom another site referred here on the day, and who have not come. */
	referred(topic: TopicId, serviceDay: string): number;
}

/** A referral bears the arrival at the first site, whenever its visitor comes. */
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

export function openPromisedLegs(database: StationDatabase): PromisedLegs {
	const topic = sql.placeholder("topic");
	const isOver = sql`(${ticket.state} = 'cancelled' or coalesce(${ticket.outcome}, '') = 'referred')`;
	const isPromised = sql`not ${isOver} and (${ticket.topic} = ${topic}
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
	const countExpected = database
		.select({ count: count() })
		.from(expectedVisit)
		.where(
			and(
				eq(expectedVisit.serviceDay, sql.placeholder("serviceDay")),
				eq(expectedVisit.topic, topic),
				eq(expectedVisit.kind, sql.placeholder("kind")),
				gte(expectedVisit.at, sql.placeholder("from")),
				lt(expectedVisit.at, sql.placeholder("to")),
				isNull(expectedVisit.ticket),
				isNull(expectedVisit.withdrawnAt),
			),
		)
		.prepare();
	const expected = (
		kind: "appointment" | "referral",
		values: { topic: TopicId; serviceDay: string },
		{ from, to } = ALWAYS,
	) => countExpected.get({ kind, ...values, from, to })?.count ?? 0;
	return {
		given: (topic, serviceDay, arrivedFrom = 0) => countGiven.get({ topic, serviceDay, arrivedFrom })?.count ?? 0,
		booked: (topic, serviceDay, between) => expected("appointment", { topic, serviceDay }, between),
		referred: (topic, serviceDay) => expected("referral", { topic, serviceDay }),
	};
}
