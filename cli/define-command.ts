import { Command, Option } from "commander";
import { UserError } from "../lib/errors.ts";
import { didYouMean } from "../lib/settings/nearest.ts";
import { type Environment, type Flags, readSettings } from "../lib/settings/read-settings.ts";
import { choicesOf, isList, type Setting, type SettingsTable, type SettingValues } from "../lib/settings/setting.ts";
import type { AssetPaths } from "../station/app/asset-paths.ts";
import { type Print, printer } from "./print.ts";

/** Where a command runs. */
export interface Context {
	env: Environment;
	cwd: string;
	/** The product's top folder. */
	top: string;
	files: AssetPaths;
	stdout: NodeJS.WritableStream & { isTTY?: boolean };
}

export interface Invocation<Table extends SettingsTable = SettingsTable> extends Context {
	/** The flags as given; `options()` reads and checks them. */
	flags: Flags;
	/** Throws UserError USAGE. Not for settings that a file may set as well. */
	options(): SettingValues<Table>;
	operands: readonly string[];
	print: Print;
	/** The `paihao` command that this one belongs to. */
	program: Command;
}

interface CommandDefinition<Table extends SettingsTable> {
	name: string;
	/** One line for the list of commands, in the imperative. */
	summary: string;
	/** What --help says under the usage, after the summary. */
	description?: string;
	/** In commander's notation: "<name> [role]". */
	operands?: string;
	options?: Table;
	commands?: readonly Command[];
	/** A command without it only groups others. Throws UserError for what a person can mend; may set process.exitCode. */
	run?(invocation: Invocation<Table>): Promise<void>;
}

export const JSON_HELP =
	"print JSON, one line for each fact, and errors as JSON; the default where output is no terminal";

export function defineCommand<Table extends SettingsTable>(
	context: Context,
	{ name, summary, description, operands, options, commands = [], run }: CommandDefinition<Table>,
): Command {
	const command = new Command(name)
		.summary(summary)
		.description([sentence(summary), unwrap(description)].filter(Boolean).join("\n\n"));
	if (operands !== undefined) command.arguments(operands);
	for (const [option, setting] of Object.entries(options ?? {})) command.addOption(toOption(option, setting));
	command.option("--json", JSON_HELP);
	for (const sub of commands) command.addCommand(sub);
	if (run === undefined) return command.usage("<command> [options]");
	// Commander would only count the operands of a command that has sub-commands: a typing mistake deserves better.
	command.allowExcessArguments(commands.length > 0);
	return command.action(async function (this: Command) {
		const [first] = this.args;
		if (commands.length > 0 && first !== undefined) throw unknownCommand(this, first);
		const flags = flagsOf(this);
		await run({
			...context,
			flags,
			options: () => readSettings(options ?? ({} as Table), { flags, env: context.env }),
			operands: this.args,
			program: rootOf(this),
			print: printer(context.stdout, this.optsWithGlobals().json === true),
		});
	});
}

/** A longer list is for --help. */
const MAX_NAMED = 6;

export function unknownCommand(parent: Command, typed: string): UserError {
	const known = parent.commands.map((one) => one.name());
	const help = didYouMean(typed, known) || (known.length <= MAX_NAMED ? ` Use ${known.join(", ")}.` : "");
	return new UserError("USAGE", `There is no command "${typed}".${help}`, { exitCode: 2 });
}

function rootOf(command: Command): Command {
	return command.parent === null ? command : rootOf(command.parent);
}

function sentence(phrase: string): string {
	return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

/** The source breaks lines at its own width, a terminal at another. Indented lines stay as they are. */
function unwrap(text = ""): string {
	return text.replace(/(?<!\n)\n(?![\n ])/g, " ");
}

function toOption(name: string, setting: Setting): Option {
	const { placeholder, help, defaultValue, isRequired } = setting;
	const notes = [
		...(isRequired ? ["required"] : []),
		...(defaultValue === undefined || defaultValue === false ? [] : [`default: ${defaultValue}`]),
	];
	const text = notes.length === 0 ? help : `${help} (${notes.join(", ")})`;
	const option = new Option(placeholder === undefined ? `--${name}` : `--${name} <${placeholder}>`, text);
	// Set here and not by choices(), so that a wrong value gets the same sentence as in a variable or a file.
	const choices = choicesOf(setting);
	if (choices) option.argChoices = choices;
	if (isList(setting)) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
	return option;
}

/** Only what was typed, under the settings' names: commander turns them into camelCase. */
function flagsOf(command: Command): Flags {
	return Object.fromEntries(
		command.options.map((option) => [option.name(), command.getOptionValue(option.attributeName()) as Flags[string]]),
	);
}
