import { and, eq, max } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { executedCommand } from "../../../db/station/schema/pulled.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { CommandAction, CommandOutcome, PolledCommand } from "../../../protocol/sync/command.ts";
import type { EventLog } from "../../events/event-log.ts";
import { Refusal } from "../../refusal.ts";

/** What commands do to this station. */
export interface CommandEffects {
	/** Changes the database and nothing else, inside the transaction that records the result. Throws Refusal. */
	change(
		action: Extract<
			CommandAction,
			{ kind: "set-topic" | "close-site" | "reopen-site" | "expect-visitor" | "withdraw-visitor" | "visitor-action" }
		>,
		now: number,
	): void;
	/** Cannot be undone: called after its beginning is recorded. Resolves at its end; throws Refusal. */
	printTest(): Promise<void>;
	/** Restarts the program soon after; undefined where nothing can. */
	restart: (() => void) | undefined;
}

export interface Commands {
	/** The last number that was executed, or that was sent to the device before this one. */
	last(target: CommandTarget): number;
	/**
	 * Executes commands in their order, each once, however often it comes. Throws CommandsGap where one is missing before
	 * them. A command expires by `serverNow`, the server's clock. A command below the last number is not executed but
	 * recorded: as COMMAND_OVERTAKEN, where a server was restored from one backup and then another, or as interrupted,
	 * where it was sent to the device before this one, which may have done it.
	 */
	execute(commands: readonly PolledCommand[], at: CommandTarget & { now: number; serverNow: number }): void;
	/** At a start, before anything else: records an outcome for the commands that had only begun when the station ended. */
	settle(station: StationId, now: number): void;
}

/** Whom the commands are for. */
export interface CommandTarget {
	/** The station's id at the server. */
	station: StationId;
	/** The last command that was sent before this device was enrolled. */
	before: number;
}

/** A command is missing. Nothing after it was executed. */
export class CommandsGap extends Error {
	override readonly name = "CommandsGap";
}

export interface CommandsDeps {
	database: StationDatabase;
	eventLog: EventLog;
	effects: CommandEffects;
	clock(): number;
	/** A beginning or an end was recorded. */
	changed(): void;
	/** An end could not be recorded, or a test print failed with something else than a Refusal. */
	error(err: unknown): void;
}

/**
 * Executes the server's commands. The effect, its event and the cursor are one transaction: a crash leaves all three or
 * none. An effect outside of the database (paper, a restart) is first recorded as begun, so that after a crash it
 * happened once or not at all, never twice.
 */
export function openCommands({ database, eventLog, effects, clock, changed, error }: CommandsDeps): Commands {
	const last = ({ station, before }: CommandTarget) => {
		const newest = database
			.select({ number: max(executedCommand.number) })
			.from(executedCommand)
			.where(eq(executedCommand.station, station))
			.get();
		return Math.max(newest?.number ?? 0, before);
	};

	const isExecuted = (station: StationId, number: number) =>
		database
			.select({ number: executedCommand.number })
			.from(executedCommand)
			.where(and(eq(executedCommand.station, station), eq(executedCommand.number, number)))
			.get() !== undefined;

	/** Moves the cursor and writes the event. Call it inside the transaction of the effect. */
	const record = (
		station: StationId,
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

	const executeOne = (station: StationId, { number, action }: PolledCommand, now: number): void => {
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
		station: StationId,
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
		execute(commands, { station, before, now, serverNow }) {
			for (const command of commands) {
				const passed = last({ station, before });
				if (command.number <= passed) {
					if (isExecuted(station, command.number)) continue;
					const result =
						command.number <= before
							? ({ outcome: "interrupted" } as const)
							: ({ outcome: "refused", reason: "COMMAND_OVERTAKEN" } as const);
					inTransaction(() => record(station, { number: command.number, kind: nameOf(command.action) }, result, now));
					changed();
					continue;
				}
				// A restored server names a number below the last one here: nothing is missing then.
				if (command.previousNumber > passed)
					throw new CommandsGap(`command ${command.previousNumber} is missing before ${command.number}`);
				if (command.expiresAt <= serverNow) {
					const result = { outcome: "refused", reason: "COMMAND_EXPIRED" } as const;
					inTransaction(() => record(station, { number: command.number, kind: nameOf(command.action) }, result, now));
				} else executeOne(station, command, now);
				changed();
				// The program ends now: the commands after this one will be polled again.
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
				// This start is the restart that was asked for.
				const outcome = kind === "restart" ? "done" : "interrupted";
				inTransaction(() => record(station, { number, kind }, { outcome }, now));
			}
		},
	};
}

/** The action as the server named it. */
const nameOf = (action: PolledCommand["action"]) => (action.kind === "unknown" ? action.sentKind : action.kind);
