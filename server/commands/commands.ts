import { and, asc, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { type ServerDatabase, type Transaction, UNNAMED } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { station } from "../../db/server/schema/stations.ts";
import { DAY_MS } from "../../lib/time/durations.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { COMMAND_LIFE_MS, type Command, type CommandAction, MAX_COMMANDS } from "../../protocol/sync/command.ts";
import { sendHint } from "../notify/hint-channel.ts";
import { Refusal } from "../refusal.ts";

interface SendOptions {
	/** The administrator; null where the server itself sends it. */
	by: string | null;
	now: number;
	/** How long a station may execute it; COMMAND_LIFE_MS by default. */
	lifeMs?: number;
}

export interface Commands {
	/** Adds the next command of a station and returns its number. Throws Refusal STATION_UNKNOWN. */
	send(id: StationId, action: CommandAction, at: SendOptions): Promise<number>;
	/**
	 * A station's commands after its last one, and then the earlier ones that have no outcome yet: they may have come to
	 * this server with a backup, and be overtaken. `now` is in UTC milliseconds.
	 * Throws Refusal COMMAND_NUMBER_UNKNOWN if this server cannot have given the number.
	 */
	after(id: StationId, number: number, now: number): Promise<Command[]>;
}

export function openCommands(database: ServerDatabase): Commands {
	const { number, previousNumber, expiresAt, action } = command;
	const isNext = gt(command.number, sql.placeholder("number"));
	const commandsAfter = database
		.select({ last: station.commands, command: { number, previousNumber, expiresAt, action } })
		.from(station)
		.leftJoin(command, and(eq(command.station, station.id), or(isNext, isNull(command.outcome))))
		.where(eq(station.id, sql.placeholder("id")))
		.orderBy(desc(isNext), asc(command.number))
		.limit(MAX_COMMANDS)
		.prepare(UNNAMED);
	return {
		async send(id, action, at) {
			const number = await database.transaction((tx) => appendCommand(tx, id, action, at));
			await sendHint(database, id);
			return number;
		},
		async after(id, number, now) {
			const rows = await commandsAfter.execute({ id, number });
			const isAhead = rows.some(({ last }) => last < number);
			if (isAhead && number > latestNumber(now)) throw new Refusal("COMMAND_NUMBER_UNKNOWN", { number }).signedBy(id);
			// A backup was restored here, and the clock set back: the station must still take the next commands.
			if (isAhead)
				await database
					.update(station)
					.set({ commands: number })
					.where(and(eq(station.id, id), lt(station.commands, number)));
			return rows.flatMap(({ command }) => command ?? []);
		},
	};
}

/**
 * A command's number is the moment at which it is sent, or one more than the one before. So a server that was restored
 * from an older backup never uses a number again that a station has passed.
 */
export const nextCommandNumber = (last: number, now: number): number => Math.max(last + 1, now);

/** How far a clock that was set back may be behind the numbers that it gave before. */
const MAX_CLOCK_SET_BACK_MS = DAY_MS;

/**
 * The highest number that a station may name. A number is a moment of the server's clock, so a higher one was not given
 * here, and raising the counter to it would leave the station no number for its next command.
 */
export const latestNumber = (now: number): number => now + MAX_CLOCK_SET_BACK_MS;

/** Locks the row of the station, so that commands that are sent at the same time follow each other. */
export async function appendCommand(
	tx: Transaction,
	id: StationId,
	action: CommandAction,
	{ by, now, lifeMs = COMMAND_LIFE_MS }: SendOptions,
): Promise<number> {
	const [found] = await tx
		.select({ previousNumber: station.commands })
		.from(station)
		.where(eq(station.id, id))
		.for("update");
	if (!found) throw new Refusal("STATION_UNKNOWN", { station: id });
	const { previousNumber } = found;
	const number = nextCommandNumber(previousNumber, now);
	await tx.update(station).set({ commands: number }).where(eq(station.id, id));
	await tx
		.insert(command)
		.values({ station: id, number, previousNumber, action, createdBy: by, createdAt: now, expiresAt: now + lifeMs });
	return number;
}
