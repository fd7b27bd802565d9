import { and, eq, max } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { executedCommand } from "../../../db/station/schema/pulled.ts";
import type { CommandAction, CommandOutcome, PolledCommand } from "../../../protocol/sync/command.ts";
import type { EventLog } from "../../events/event-log.ts";
import { Refusal } from "../../refusal.ts";

/** What a command does here. */
export interface CommandEffects {
	/** Changes the database, and nothing else: it is one transaction with the result. Throws Refusal. */
	change(
		action: Extract<CommandAction, { kind: "set-topic" | "expect-visitor" | "visitor-action" }>,
		now: number,
	): void;
	/** What cannot be taken back, begun when its beginning is written down. Gives the end; throws Refusal. */
	printTest(): Promise<void>;
	/** Has the program ended and started anew, soon after; undefined where nothing can. */
	restart: (() => void) | undefined;
}

export interface Commands {
	/** The last number that was carried out, or that was given before this device's time. */
	last(as: CommandedAs): number;
	/**
	 * Carries commands out in their order, each once, however often it comes. Throws CommandsGap where one is missing
	 * before them. `serverNow` is the server's clock: by it a command is too old. One that comes when later ones were
	 * passed is never carried out, and that is said of it: a server that was turned back and forth between backups has
	 * such (COMMAND_OVERTAKEN), and one that was given to the device before this one (interrupted: it may have done it).
	 */
	take(commands: readonly PolledCommand[], at: CommandedAs & { now: number; serverNow: number }): void;
	/** Before anything else at a start: what lasted when the station ended has an end now. */
	settle(station: string, now: number): void;
}

export interface CommandedAs {
	/** The station's id at the server. */
	station: string;
	/** The last command that was given before this device was enrolled. */
	before: number;
}

/** A number that is missing. Nothing after it was carried out. */
export class CommandsGap extends Error {
	override readonly name = "CommandsGap";
}

export interface CommandsDeps {
	database: StationDatabase;
	eventLog: EventLog;
	effects: CommandEffects;
	clock(): number;
	/** Something was written: a beginning or an end. */
	changed(): void;
	/** An end that could not be written down, or a test print that failed in a way nobody foresaw. */
	error(err: unknown): void;
}

/**
 * The server's commands. The effect, its event and the cursor are one transaction: a crash leaves all three or none.
 * What reaches out of the database (paper, a restart) is written down as begun first, so that a crash can make it
 * happen less than once, never twice.
 */
export function openCommands({ database, eventLog, effects, clock, changed, error }: CommandsDeps): Commands {
	const last = ({ station, before }: CommandedAs) => {
		const found = database
			.select({ number: max(executedCommand.number) })
			.from(executedCommand)
			.where(eq(executedCommand.station, station))
			.get();
		return Math.max(found?.number ?? 0, before);
	};

	const isTaken = (station: string, number: number) =>
		database
			.select({ number: executedCommand.number })
			.from(executedCommand)
			.where(and(eq(executedCommand.station, station), eq(executedCommand.number, number)))
			.get() !== undefined;

	/** Moves the cursor and writes the event; to be called inside the transaction of the effect. */
	const record = (
		station: string,
		{ number, kind }: { number: number; kind: string },
		{ outcome, reason }: { outcome: CommandOutcome; reason?: string | undefined },
		now: number,
	) => {
		const data = { number, kind, outcome, ...(reason !== undefined && { reason }) };
		eventLog.write((append) => append({ type: "command.settled", data }, now));
		database
			.insert(executedCommand)
			.values({ station, number, kind, outcome })
			.onConflictDoUpdate({ target: [executedCommand.station, executedCommand.number], set: { outcome } })
			.run();
	};
	const inTransaction = (work: () => void) => database.transaction(work, { behavior: "immediate" });

	const carryOut = (station: string, { number, action }: PolledCommand, now: number): void => {
		const command = { number, kind: nameOf(action) };
		if (action.kind === "unknown") {
			inTransaction(() => record(station, command, { outcome: "refused", reason: "COMMAND_UNKNOWN" }, now));
			return;
		}
		if (action.kind === "print-test") {
			inTransaction(() => record(station, command, { outcome: "begun" }, now));
			effects.printTest().then(
				() => end(station, command, { outcome: "done" }),
				(err: unknown) => {
					if (!(err instanceof Refusal)) error(err);
					end(station, command, { outcome: "refused", reason: err instanceof Refusal ? err.code : "STATION_ERROR" });
				},
			);
			return;
		}
		if (action.kind === "restart" && !effects.restart) {
			inTransaction(() => record(station, command, { outcome: "refused", reason: "RESTART_IMPOSSIBLE" }, now));
			return;
		}
		if (action.kind === "restart") {
			inTransaction(() => record(station, command, { outcome: "begun" }, now));
			effects.restart?.();
			return;
		}
		try {
			inTransaction(() => {
				effects.change(action, now);
				record(station, command, { outcome: "done" }, now);
			});
		} catch (err) {
			if (!(err instanceof Refusal)) throw err;
			inTransaction(() => record(station, command, { outcome: "refused", reason: err.code }, now));
		}
	};

	const end = (
		station: string,
		command: { number: number; kind: string },
		result: { outcome: CommandOutcome; reason?: string },
	) => {
		try {
			inTransaction(() => record(station, command, result, clock()));
			changed();
		} catch (err) {
			// The station is closing: the next start settles it.
			error(err);
		}
	};

	return {
		last,
		take(commands, { station, before, now, serverNow }) {
			for (const command of commands) {
				const passed = last({ station, before });
				if (command.number <= passed) {
					if (isTaken(station, command.number)) continue;
					const result =
						command.number <= before
							? ({ outcome: "interrupted" } as const)
							: ({ outcome: "refused", reason: "COMMAND_OVERTAKEN" } as const);
					inTransaction(() => record(station, { number: command.number, kind: nameOf(command.action) }, result, now));
					changed();
					continue;
				}
				// A server that was turned back names one before what this station has passed: nothing is missing.
				if (command.previousNumber > passed)
					throw new CommandsGap(`command ${command.previousNumber} is missing before ${command.number}`);
				if (command.expiresAt <= serverNow) {
					const result = { outcome: "refused", reason: "COMMAND_EXPIRED" } as const;
					inTransaction(() => record(station, { number: command.number, kind: nameOf(command.action) }, result, now));
				} else carryOut(station, command, now);
				changed();
				// The program is ending: what follows comes again.
				if (command.action.kind === "restart" && command.expiresAt > serverNow && effects.restart) return;
			}
		},
		settle(station, now) {
			const begun = database
				.select()
				.from(executedCommand)
				.where(and(eq(executedCommand.station, station), eq(executedCommand.outcome, "begun")))
				.all();
			for (const { number, kind } of begun) {
				// A restart has been carried out by this very start.
				const outcome = kind === "restart" ? "done" : "interrupted";
				inTransaction(() => record(station, { number, kind }, { outcome }, now));
			}
		},
	};
}

/** The act as the server named it. */
const nameOf = (action: PolledCommand["action"]) => (action.kind === "unknown" ? action.said : action.kind);
