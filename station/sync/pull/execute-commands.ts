import type { StationDatabase } from "../../../db/station/open.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { CommandAction, PolledCommand } from "../../../protocol/sync/command.ts";
import type { EventLog } from "../../events/event-log.ts";
import { Refusal } from "../../refusal.ts";
import { type CommandLedger, type CommandResult, openCommandLedger } from "./command-ledger.ts";

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
export function openCommands(deps: CommandsDeps): Commands {
	const ledger = openCommandLedger(deps.database, deps.eventLog);
	const { changed } = deps;
	const executeOne = makeExecutor(ledger, deps);
	const lastFor = ({ station, before }: CommandTarget) => Math.max(ledger.last(station), before);
	return {
		last: lastFor,
		execute(commands, { station, before, now, serverNow }) {
			for (const command of commands) {
				const passed = lastFor({ station, before });
				if (command.number <= passed) {
					if (ledger.has(station, command.number)) continue;
					ledger.record(station, refOf(command), command.number <= before ? INTERRUPTED : OVERTAKEN, now);
					changed();
					continue;
				}
				// A restored server names a number below the last one here: nothing is missing then.
				if (command.previousNumber > passed)
					throw new CommandsGap(`command ${command.previousNumber} is missing before ${command.number}`);
				const isExpired = command.expiresAt <= serverNow;
				if (isExpired) ledger.record(station, refOf(command), EXPIRED, now);
				else executeOne(station, command, now);
				changed();
				// The program ends now: the commands after this one will be polled again.
				if (!isExpired && command.action.kind === "restart" && deps.effects.restart) return;
			}
		},
		settle(station, now) {
			// This start is the restart that was asked for.
			for (const command of ledger.begun(station))
				ledger.record(station, command, command.kind === "restart" ? DONE : INTERRUPTED, now);
		},
	};
}

const DONE: CommandResult = { outcome: "done" };
const BEGUN: CommandResult = { outcome: "begun" };
const INTERRUPTED: CommandResult = { outcome: "interrupted" };
const OVERTAKEN: CommandResult = { outcome: "refused", reason: "COMMAND_OVERTAKEN" };
const EXPIRED: CommandResult = { outcome: "refused", reason: "COMMAND_EXPIRED" };
const UNKNOWN: CommandResult = { outcome: "refused", reason: "COMMAND_UNKNOWN" };
const NO_RESTART: CommandResult = { outcome: "refused", reason: "RESTART_IMPOSSIBLE" };

/** Executes a command whose turn it is, and records its outcome or its beginning. */
function makeExecutor(ledger: CommandLedger, { effects, clock, changed, error }: CommandsDeps) {
	return (station: StationId, command: PolledCommand, now: number): void => {
		const ref = refOf(command);
		const record = (result: CommandResult) => ledger.record(station, ref, result, now);
		/** The end of what was begun. */
		const end = (result: CommandResult) => {
			try {
				ledger.record(station, ref, result, clock());
				changed();
			} catch (err) {
				// The station is closing: the next start settles it.
				error(err);
			}
		};
		const { action } = command;
		switch (action.kind) {
			case "unknown":
				record(UNKNOWN);
				return;
			case "print-test":
				record(BEGUN);
				effects.printTest().then(
					() => end(DONE),
					(err: unknown) => {
						if (!(err instanceof Refusal)) error(err);
						end({ outcome: "refused", reason: err instanceof Refusal ? err.code : "STATION_ERROR" });
					},
				);
				return;
			case "restart":
				record(effects.restart ? BEGUN : NO_RESTART);
				effects.restart?.();
				return;
			default:
				try {
					ledger.record(station, ref, DONE, now, () => effects.change(action, now));
				} catch (err) {
					if (!(err instanceof Refusal)) throw err;
					record({ outcome: "refused", reason: err.code });
				}
		}
	};
}

/** The command by its number, and its kind as the server named it. */
const refOf = ({ number, action }: PolledCommand) => ({
	number,
	kind: action.kind === "unknown" ? action.sentKind : action.kind,
});
