import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { station } from "../../db/server/schema/stations.ts";
import type { Change, EventPayload } from "../../protocol/events/event.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { StationId, TicketId } from "../../protocol/model/ids.ts";
import type { Projection } from "../ingest/projection.ts";
import { appendCommand } from "./commands.ts";

/**
 * What the events of stations mean for commands: their outcomes, and that another site should expect a visitor. A site
 * without a station in use gets no command: its visitors take a new ticket there. The desk that refers them learns that
 * from its own station, and the referral shows it (referrals.ts).
 */
export const COMMAND_PROJECTION: Projection = {
	types: new Set(["command.settled", "ticket.referred", "ticket.undone"]),
	async write(tx, { station: from, events, now }) {
		const notified: StationId[] = [];
		for (const { text } of events) {
			const event = readEvent(text);
			const target = event && (await applyEvent(tx, from, event, now));
			if (target !== undefined) notified.push(target);
		}
		return notified;
	},
};

/** Returns the station that has a new command. */
async function applyEvent(
	tx: Transaction,
	from: StationId,
	event: Change,
	now: number,
): Promise<StationId | undefined> {
	switch (event.type) {
		case "command.settled":
			await settleCommand(tx, from, event.data, now);
			return undefined;
		case "ticket.referred":
			return forwardReferral(tx, { from, referral: event.data }, now);
		case "ticket.undone":
			return withdrawReferral(tx, { from, ticket: event.data.ticket }, now);
		default:
			return undefined;
	}
}

async function settleCommand(
	tx: Transaction,
	from: StationId,
	{ number, kind, outcome, reason }: EventPayload<"command.settled">,
	now: number,
): Promise<void> {
	const isOwn = and(eq(command.station, from), eq(command.number, number), sql`${command.action} ->> 'kind' = ${kind}`);
	await tx
		.update(command)
		.set({ outcome, reason: reason ?? null, outcomeAt: now })
		.where(isOwn);
}

/**
 * Sends the site that a visitor was referred to the command to expect them. Returns its station; undefined where nobody is
 * to be expected, or the site has no station in use.
 */
async function forwardReferral(
	tx: Transaction,
	{ from, referral }: { from: StationId; referral: EventPayload<"ticket.referred"> },
	now: number,
): Promise<StationId | undefined> {
	const { site, ticket, topic, codeDigest, visitor } = referral;
	if (!visitor || codeDigest === null) return undefined;
	const [target] = await tx
		.select({ id: station.id })
		.from(station)
		// The same station as in the network view, so that what the view says of the site is true.
		.where(and(eq(station.site, site), isNotNull(station.publicKey), isNull(station.revokedAt)))
		.orderBy(desc(station.enrolledAt))
		.limit(1);
	const [first] = await tx.select({ site: station.site }).from(station).where(eq(station.id, from));
	if (!target || !first) return undefined;
	const { arrivedAt: at, language, partySize } = visitor;
	const leg = { site: first.site, ticket };
	await appendCommand(
		tx,
		target.id,
		{ kind: "expect-visitor", from: leg, codeDigest, at, topic, language, partySize },
		{ by: null, now },
	);
	return target.id;
}

/**
 * Withdraws the visitor of a ticket whose referral was undone: nothing but an undo can follow a referral. Returns the
 * station to notify; undefined where no site expects the visitor.
 */
async function withdrawReferral(
	tx: Transaction,
	{ from, ticket }: { from: StationId; ticket: TicketId },
	now: number,
): Promise<StationId | undefined> {
	const [last] = await tx
		.select({ station: command.station, action: command.action })
		.from(command)
		.where(
			and(
				// Written out, not bound: as the partial index has it.
				sql`${command.action} ->> 'kind' in ('expect-visitor', 'withdraw-visitor')`,
				sql`${command.action} -> 'from' ->> 'ticket' = ${ticket}`,
			),
		)
		.orderBy(desc(command.createdAt), desc(command.number))
		.limit(1);
	const [first] = await tx.select({ site: station.site }).from(station).where(eq(station.id, from));
	if (last?.action.kind !== "expect-visitor" || last.action.from.site !== first?.site) return undefined;
	await appendCommand(tx, last.station, { kind: "withdraw-visitor", from: last.action.from }, { by: null, now });
	return last.station;
}
