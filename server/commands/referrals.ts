import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { event } from "../../db/server/schema/events.ts";
import { station } from "../../db/server/schema/stations.ts";
import type { EventType, StationEvent } from "../../protocol/events/event.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { SiteId, StationId, TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { CommandOutcome } from "../../protocol/sync/command.ts";

export interface Leg {
	station: StationId;
	site: SiteId;
	ticket: TicketId;
	/** When the visitor was referred from there, or arrived there; UTC milliseconds by the station's clock. */
	at: number;
}

/** What became of the visit at the other site. */
export type SecondLeg =
	/** The site had no station in use. */
	| { kind: "not-sent" }
	/** Its station was sent a command, with this outcome so far. */
	| { kind: "sent"; station: StationId; outcome: CommandOutcome | null }
	/** The visitor is expected there under this visit, and has not come. */
	| { kind: "expected"; station: StationId; visit: VisitId }
	| ({ kind: "arrived"; visit: VisitId } & Leg)
	/** The link between the two was redacted: it is too long ago. */
	| { kind: "redacted" };

export interface Referral {
	first: Leg;
	/** Where the visitor was referred to, and for what. */
	site: SiteId;
	topic: TopicId;
	second: SecondLeg;
}

/**
 * Both legs of a visit that continued at another site, by the ticket of the first. Computed from the events that both
 * stations pushed, so it is as old as those. Undefined where this ticket was not referred. For checks only: it reads all
 * events of these types of both stations.
 */
export async function readReferral(
	database: ServerDatabase,
	{ station: from, ticket }: { station: StationId; ticket: TicketId },
): Promise<Referral | undefined> {
	const referred = (await eventsOf(database, from, "ticket.referred", ticket)).findLast(
		({ data }) => data.ticket === ticket,
	);
	if (!referred) return undefined;
	const { site, topic } = referred.data;
	const [own] = await database.select({ site: station.site }).from(station).where(eq(station.id, from));
	if (!own) return undefined;
	const first = { station: from, site: own.site, ticket, at: referred.at };
	return { first, site, topic, second: await secondLeg(database, referred) };
}

type Referred = Extract<StationEvent, { type: "ticket.referred" }>;

async function secondLeg(
	database: ServerDatabase,
	{ data: { ticket, site, codeDigest } }: Referred,
): Promise<SecondLeg> {
	if (codeDigest === null) return { kind: "redacted" };
	const [sent] = await database
		.select({ station: command.station, outcome: command.outcome })
		.from(command)
		.innerJoin(station, eq(station.id, command.station))
		.where(
			and(
				eq(station.site, site),
				sql`${command.action} ->> 'kind' = 'expect-visitor'`,
				sql`${command.action} -> 'from' ->> 'ticket' = ${ticket}`,
			),
		)
		.orderBy(desc(command.createdAt))
		.limit(1);
	if (!sent) return { kind: "not-sent" };
	const expected = (await eventsOf(database, sent.station, "visit.expected", ticket)).findLast(
		({ data }) => data.from?.ticket === ticket,
	);
	if (!expected) return { kind: "sent", ...sent };
	const { visit } = expected.data;
	const issued = (await eventsOf(database, sent.station, "ticket.issued", visit)).find(
		({ data }) => data.visit === visit,
	);
	if (!issued) return { kind: "expected", station: sent.station, visit };
	return { kind: "arrived", visit, station: sent.station, site, ticket: issued.data.ticket, at: issued.at };
}

/** A station's events of a type that contain `named`, oldest first. */
async function eventsOf<Type extends EventType>(
	database: ServerDatabase,
	from: StationId,
	type: Type,
	named: string,
): Promise<Extract<StationEvent, { type: Type }>[]> {
	const rows = await database
		.select({ text: event.text })
		.from(event)
		.where(and(eq(event.station, from), eq(event.type, type), sql`position(${named} in ${event.text}) > 0`))
		.orderBy(asc(event.receivedAt), asc(event.seq));
	return rows.flatMap(({ text }) => {
		const parsed = readEvent(text);
		return parsed?.type === type ? [parsed as Extract<StationEvent, { type: Type }>] : [];
	});
}
