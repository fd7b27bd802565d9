import { and, eq, max } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { executedCommand } from "../../../db/station/schema/pulled.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { CommandOutcome } from "../../../protocol/sync/command.ts";
import type { EventLog } from "../../events/event-log.ts";

/** A command by its number, and its kind as the server named it. */
export interface CommandRef {
	number: number;
	kind: string;
}

export interface CommandResult {
	outcome: CommandOutcome;
	reason?: string | undefined;
}

/** Which commands of the server were executed, and with what outcome. */
export interface CommandLedger {
	/** The last number that has an outcome; 0 before the first. */
	last(station: StationId): number;
	has(station: StationId, number: number): boolean;
	/** Commands that had begun and have no end. */
	begun(station: StationId): CommandRef[];
	/** In one transaction: `effect`, the event of the outcome, and the outcome itself. */
	record(station: StationId, command: CommandRef, result: CommandResult, now: number, effect?: () => void): void;
}

export function openCommandLedger(database: StationDatabase, eventLog: EventLog): CommandLedger {
	return {
		last: (station) =>
			database
				.select({ number: max(executedCommand.number) })
				.from(executedCommand)
				.where(eq(executedCommand.station, station))
				.get()?.number ?? 0,
		has: (station, number) =>
			database
				.select({ number: executedCommand.number })
				.from(executedCommand)
				.where(and(eq(executedCommand.station, station), eq(executedCommand.number, number)))
				.get() !== undefined,
		begun: (station) =>
			database
				.select({ number: executedCommand.number, kind: executedCommand.kind })
				.from(executedCommand)
				.where(and(eq(executedCommand.station, station), eq(executedCommand.outcome, "begun")))
				.all(),
		record(station, { number, kind }, { outcome, reason }, now, effect) {
			const write = () => {
				effect?.();
				const data = { number, kind, outcome, ...(reason !== undefined && { reason }) };
				eventLog.write((append) => append({ type: "command.settled", data }, now));
				database
					.insert(executedCommand)
					.values({ station, number, kind, outcome })
					.onConflictDoUpdate({ target: [executedCommand.station, executedCommand.number], set: { outcome } })
					.run();
			};
			database.transaction(write, { behavior: "immediate" });
		},
	};
}
