import { Command, CommanderError } from "commander";
import { UserError } from "../lib/errors.ts";
import { type Context, JSON_HELP, unknownCommand } from "./define-command.ts";

/** Each is loaded when it is asked for: a short command need not load a whole server. */
const COMMANDS: Readonly<Record<string, () => Promise<(context: Context) => Command>>> = {
	demo: async () => (await import("./commands/demo.ts")).demoCommand,
	station: async () => (await import("./commands/station.ts")).stationCommand,
	kiosk: async () => (await import("./commands/kiosk.ts")).kioskCommand,
	server: async () => (await import("./commands/server.ts")).serverCommand,
	enrol: async () => (await import("./commands/enrol.ts")).enrolCommand,
	staff: async () => (await import("./commands/staff.ts")).staffCommand,
	pair: async () => (await import("./commands/pair.ts")).pairCommand,
	catalogue: async () => (await import("./commands/catalogue.ts")).catalogueCommand,
	appointments: async () => (await import("./commands/appointments.ts")).appointmentsCommand,
	speech: async () => (await import("./commands/speech.ts")).speechCommand,
	backup: async () => (await import("./commands/backup.ts")).backupCommand,
	restore: async () => (await import("./commands/restore.ts")).restoreCommand,
	doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
	verify: async () => (await import("./commands/verify.ts")).verifyCommand,
	events: async () => (await import("./commands/events.ts")).eventsCommand,
	statistics: async () => (await import("./commands/statistics.ts")).statisticsCommand,
	printer: async () => (await import("./commands/printer.ts")).printerCommand,
	plan: async () => (await import("./commands/plan.ts")).planCommand,
	simulate: async () => (await import("./commands/simulate.ts")).simulateCommand,
	config: async () => (await import("./commands/config.ts")).configCommand,
	completion: async () => (await import("./commands/completion.ts")).completionCommand,
};

const AFTER_HELP = `
A flag wins over the variable, the variable over the settings file. Each setting of a station or a server is also a
variable (--network-port is PAIHAO_NETWORK_PORT) and a key of paihao.json in the data folder ("network-port").
Exit code 0: done. 1: refused or failed; the sentence on standard error says why. 2: the command or a setting is wrong.`;

/**
 * The `paihao` command, which throws instead of ending the process: with all its sub-commands, or with the one that a
 * command line begins with.
 */
export async function makeProgram(context: Context, argv: readonly string[] = []): Promise<Command> {
	const program = new Command("paihao")
		.description("The queue for service-centre front desks.")
		.usage("<command> [options]")
		.version(context.files.version, "-v, --version", "print the version")
		.helpCommand("help [command]", "print help for a command")
		.option("--json", JSON_HELP)
		.addHelpText("after", AFTER_HELP);
	for (const command of await loadCommands(argv)) program.addCommand(command(context));
	for (const command of everyCommand(program))
		command
			.exitOverride()
			.helpOption("-h, --help", "print help")
			.showSuggestionAfterError()
			// Else the flags of a sub-command would be read as its parent's: `paihao backup key --out DIR`.
			.enablePositionalOptions()
			.configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: () => {}, outputError: () => {} });
	return program;
}

function loadCommands([first = ""]: readonly string[]) {
	if (first === "--version" || first === "-v") return [];
	// A completion names all of them.
	const named = first === "completion" || !Object.hasOwn(COMMANDS, first) ? undefined : COMMANDS[first];
	return Promise.all((named ? [named] : Object.values(COMMANDS)).map((load) => load()));
}

/** A command and all below it. */
export function everyCommand(command: Command): Command[] {
	return [command, ...command.commands.flatMap(everyCommand)];
}

/** Runs one command line, without the program's own name. Throws UserError, and whatever the command throws. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
	try {
		const words = asksForHelp(argv) ? [...argv.filter((word) => word !== "help"), "--help"] : argv;
		refuseUnknownCommand(program, words);
		if (argv.length === 0) program.outputHelp();
		else await program.parseAsync(words, { from: "user" });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw asUsageError(program, argv, error);
	}
}

/** `paihao help server code` is `paihao server code --help`. */
const asksForHelp = (argv: readonly string[]) => argv.find((word) => word !== "--json") === "help";

/** The words of the command line that name a command: "paihao server admin". */
export function nameCommand(program: Command, argv: readonly string[]): string {
	return findCommand(program, argv).names.join(" ");
}

/** The innermost command that is named, its names, and the words behind them. */
function findCommand(program: Command, argv: readonly string[]) {
	let command = program;
	const names = [program.name()];
	// May stand anywhere.
	const words = argv.filter((word) => word !== "--json");
	for (const word of words) {
		const found = command.commands.find((one) => one.name() === word);
		if (!found) break;
		command = found;
		names.push(word);
	}
	return { command, names, rest: words.slice(names.length - 1) };
}

/** Commander would print the whole help for it where help is asked for. */
function refuseUnknownCommand(program: Command, argv: readonly string[]): void {
	const { command, rest } = findCommand(program, argv);
	const [typed] = rest;
	const takesWords = command.registeredArguments.length > 0 || command.commands.length === 0;
	if (typed !== undefined && !typed.startsWith("-") && !takesWords) throw unknownCommand(command, typed);
}

/** "error: unknown option '--datta'\n(Did you mean --data?)" as sentences. */
function asUsageError(program: Command, argv: readonly string[], { code, message }: CommanderError): UserError {
	const name = nameCommand(program, argv);
	if (code === "commander.help") return usage(`Add a command. Run "${name} --help" to see them.`);
	const [fault = "", hint] = message.replace(/^error: /, "").split("\n");
	const mended = fault
		.replace(/^unknown option '(.*)'$/, "There is no option $1")
		.replace(/^option '(\S+).*' argument missing$/, "The option $1 needs a value")
		.replace(/^missing required argument '(.*)'$/, (_, operand: string) => `Add the ${operand}`)
		.replace(/^too many arguments.*$/, "There are more words than this command takes");
	const suggestion = hint ? ` ${hint.replace(/^\(|\)$/g, "")}` : ` Run "${name} --help" to see what it takes.`;
	return usage(`${mended}.${suggestion}`);
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
