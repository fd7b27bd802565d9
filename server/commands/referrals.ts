import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { event } from "../../db/server/schema/events.ts";
import { station } from "../../db/server/schema/stations.ts";
import type { EventType, StationEvent } from "../../protocol/events/event.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { CommandOutcome } from "../../protocol/sync/command.ts";

export interface Leg {
	station: string;
	site: string;
	ticket: string;
	/** When the visitor was sent on from there, or came there; UTC milliseconds by the station's clock. */
	at: number;
}

/** How far the other site got. */
export type SecondLeg =
	/** The site had no station in use: nobody there was told. */
	| { kind: "untold" }
	/** Its station was given the word; `outcome` is what it said of it. */
	| { kind: "told"; station: string; outcome: CommandOutcome | null }
	/** The visitor is expected there under this visit, and has not come. */
	| { kind: "expected"; station: string; visit: string }
	| ({ kind: "arrived"; visit: string } & Leg)
	/** What linked the two was cut: it is too long ago. */
	| { kind: "redacted" };

export interface Referral {
	first: Leg;
	/** Where the visitor was sent on to, and for what. */
	site: string;
	topic: string;
	second: SecondLeg;
}

/**
 * Both legs of a visit that went on at another site, by the ticket of the first: from the events that both stations gave,
 * so it is as old as what they last gave. Undefined where this ticket was not sent on. For the audit: it reads all events
 * of its kinds of both stations.
 */
export async function readReferral(
	database: ServerDatabase,
	{ station: from, ticket }: { station: string; ticket: string },
): Promise<Referral | undefined> {
	const sent = (await eventsOf(database, from, "ticket.referred", ticket)).findLast(
		({ data }) => data.ticket === ticket,
	);
	if (!sent) return undefined;
	const { site, topic } = sent.data;
	const [own] = await database.select({ site: station.site }).from(station).where(eq(station.id, from));
	const first = { station: from, site: own?.site ?? "", ticket, at: sent.at };
	return { first, site, topic, second: await secondLeg(database, sent) };
}

type Sent = Extract<StationEvent, { type: "ticket.referred" }>;

async function secondLeg(database: ServerDatabase, { data: { ticket, site, codeDigest } }: Sent): Promise<SecondLeg> {
	if (codeDigest === null) return { kind: "redacted" };
	const [told] = await database
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
	if (!told) return { kind: "untold" };
	const expected = (await eventsOf(database, told.station, "visit.expected", ticket)).findLast(
		({ data }) => data.from?.ticket === ticket,
	);
	if (!expected) return { kind: "told", ...told };
	const { visit } = expected.data;
	const issued = (await eventsOf(database, told.station, "ticket.issued", visit)).find(
		({ data }) => data.visit === visit,
	);
	if (!issued) return { kind: "expected", station: told.station, visit };
	return { kind: "arrived", visit, station: told.station, site, ticket: issued.data.ticket, at: issued.at };
}

/** A station's events of a kind that name something, oldest first. */
async function eventsOf<Type extends EventType>(
	database: ServerDatabase,
	from: string,
	type: Type,
	named: string,
): Promise<Extract<StationEvent, { type: Type }>[]> {
	const rows = await database
		.select({ text: event.text })
		.from(event)
		.where(and(eq(event.station, from), eq(event.type, type), sql`position(${named} in ${event.text}) > 0`))
		.orderBy(asc(event.receivedAt), asc(event.seq));
	return rows.flatMap(({ text }) => {
		const found = readEvent(text);
		return found?.type === type ? [found as Extract<StationEvent, { type: Type }>] : [];
	});
}
