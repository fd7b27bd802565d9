import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/server/open.ts";
import { stationDay, ticketHistory } from "../../db/server/schema/statistics.ts";
import type { StationId, TicketId } from "../../protocol/model/ids.ts";
import { DEFAULT_WITHIN_MINUTES } from "../../protocol/statistics/limits.ts";
import { addLeg, addRollUp, type RollUp, readRollUp, writeRollUp } from "../../protocol/statistics/roll-up.ts";
import { countsOfAll } from "../../protocol/statistics/summarize-roll-ups.ts";
import { EMPTY_HISTORY, legsOfHistory, type TicketHistory } from "../../protocol/statistics/ticket-history.ts";

/** All sites are in one country, which has one zone. */
export const NETWORK_TIMEZONE = "Asia/Shanghai";

/**
 * Until the transaction ends, nobody else changes the statistics of the station: another instance, the retention or a
 * rebuild waits. Its row is not locked: a device that shakes hands need not wait.
 */
export async function lockStatistics(tx: Transaction, stationId: StationId): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${stationId}::text, 0))`);
}

/**
 * Changes the histories of some tickets of a station, and with them the roll-ups of their days: what the tickets' legs
 * were is taken away, what they are is added. The station's statistics are locked.
 */
export async function changeHistories(
	tx: Transaction,
	stationId: StationId,
	changes: ReadonlyMap<TicketId, (history: TicketHistory) => TicketHistory>,
): Promise<void> {
	const known = await readHistories(tx, stationId, [...changes.keys()]);
	const deltas = new Map<string, RollUp>();
	const written: { ticket: TicketId; history: TicketHistory }[] = [];
	for (const [ticket, change] of changes) {
		const before = known.get(ticket) ?? EMPTY_HISTORY;
		const history = change(before);
		if (history === before) continue;
		written.push({ ticket, history });
		addLegs(deltas, before, -1);
		addLegs(deltas, history, 1);
	}
	await writeHistories(tx, stationId, written);
	await writeDays(tx, stationId, deltas);
}

function addLegs(deltas: Map<string, RollUp>, history: TicketHistory, times: 1 | -1): void {
	const found = legsOfHistory(history, NETWORK_TIMEZONE);
	if (found === null) return;
	const delta: RollUp = deltas.get(found.serviceDay) ?? new Map();
	deltas.set(found.serviceDay, delta);
	for (const leg of found.legs) addLeg(delta, leg, times);
}

async function readHistories(tx: Transaction, stationId: StationId, tickets: TicketId[]) {
	const rows = await tx
		.select({ ticket: ticketHistory.ticket, history: ticketHistory.history })
		.from(ticketHistory)
		.where(and(eq(ticketHistory.station, stationId), inArray(ticketHistory.ticket, tickets)));
	return new Map(rows.map(({ ticket, history }) => [ticket, history]));
}

async function writeHistories(
	tx: Transaction,
	stationId: StationId,
	rows: readonly { ticket: TicketId; history: TicketHistory }[],
): Promise<void> {
	if (rows.length === 0) return;
	await tx.execute(sql`
		insert into ticket_history (station, ticket, history)
		select ${stationId}::uuid, e.ticket, e.history
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(ticket uuid, history jsonb)
		on conflict (station, ticket) do update set history = excluded.history`);
}

async function writeDays(tx: Transaction, stationId: StationId, deltas: ReadonlyMap<string, RollUp>): Promise<void> {
	const changed = [...deltas].filter(([, delta]) => delta.size > 0);
	if (changed.length === 0) return;
	const days = changed.map(([serviceDay]) => serviceDay);
	const known = await tx
		.select({ serviceDay: stationDay.serviceDay, rollUp: stationDay.rollUp })
		.from(stationDay)
		.where(and(eq(stationDay.station, stationId), inArray(stationDay.serviceDay, days)));
	const before = new Map(known.map((one) => [one.serviceDay, one.rollUp]));
	const rows = changed.map(([serviceDay, delta]) => {
		const rollUp = readRollUp(before.get(serviceDay) ?? "{}");
		addRollUp(rollUp, delta);
		return {
			station: stationId,
			serviceDay,
			revision: 1,
			rollUp: writeRollUp(rollUp),
			...countsOfAll(rollUp, DEFAULT_WITHIN_MINUTES),
		};
	});
	const excluded = (name: string) => sql.raw(`excluded.${name}`);
	await tx
		.insert(stationDay)
		.values(rows)
		.onConflictDoUpdate({
			target: [stationDay.station, stationDay.serviceDay],
			set: {
				revision: sql`${stationDay.revision} + 1`,
				...{ rollUp: excluded("roll_up"), visits: excluded("visits"), arrivals: excluded("arrivals") },
				...{ noShows: excluded("no_shows"), abandoned: excluded("abandoned"), closed: excluded("closed") },
				...{ called: excluded("called"), waitSeconds: excluded("wait_seconds") },
				...{ inTime: excluded("in_time"), judged: excluded("judged") },
			},
		});
}
