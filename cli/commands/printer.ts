import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { FAULT_KINDS, type Fault, parseFaults } from "../../printer-simulator/fault-injection.ts";
import { type PrinterProgramOptions, startPrinter } from "../../printer-simulator/start-simulator.ts";
import type { Call, Command } from "../command.ts";
import { shutDownOnSignal } from "../shutdown-on-signal.ts";

const PORT = { schema: z.coerce.number().int().min(0).max(65_535), allowed: "a whole number from 0 to 65535" };

/** Each flag: what it takes, what is allowed, and what holds without it. */
const FLAGS = {
	listen: { value: "PORT", fallback: "9100", help: "the printer's TCP port; 0 takes a free one", ...PORT },
	host: {
		value: "ADDRESS",
		fallback: "127.0.0.1",
		help: "the address that the printer listens on",
		schema: z.string().min(1),
		allowed: "an address of this machine",
	},
	dialect: {
		value: "NAME",
		fallback: "epson",
		help: "its language: epson (ESC/POS) or star (StarPRNT)",
		schema: z.enum(["epson", "star"]),
		allowed: "epson or star",
	},
	width: {
		value: "MM",
		fallback: "80",
		help: "its paper: 80 or 58",
		schema: z.enum(["80", "58"]),
		allowed: "80 or 58",
	},
	out: {
		value: "DIR",
		fallback: undefined,
		help: "where each piece of paper goes, as PNG and as bytes; must be given",
		schema: z.string().min(1),
		allowed: "the name of a folder",
	},
	faults: {
		value: "LIST",
		fallback: undefined,
		help: `what goes wrong by itself, KIND:EVERY:MILLISECONDS each, such as paper-out:5,lost-reply:3:2000; ${FAULT_KINDS.join(", ")}`,
		schema: z.string(),
		allowed: "a list of faults",
	},
	seed: {
		value: "N",
		fallback: undefined,
		help: "where in a ticket faults strike; the ready line names the one that was taken",
		schema: z.coerce.number().int().min(0).max(4_294_967_295),
		allowed: "a whole number from 0 to 4294967295",
	},
	page: { value: "PORT", fallback: "0", help: "the port of its page, on loopback; 0 takes a free one", ...PORT },
} as const;

export const printerCommand: Command = {
	name: "printer",
	summary: "a virtual printer on the network, with a page that shows the paper",
	help: `Use: paihao printer --out DIR [options]

Behaves like a receipt printer on a TCP port and takes as long as real paper. Its page shows what
comes out, and opens the cover, takes the paper away, jams the cutter and switches it off. When it
is ready, one line of JSON names the printer for a station's --printer, and the page. SIGTERM ends it.

${Object.entries(FLAGS)
	.map(
		([name, { value, fallback, help }]) =>
			`  ${`--${name} ${value}`.padEnd(20)}${help}${fallback === undefined ? "" : ` (default ${fallback})`}`,
	)
	.join("\n")}`,
	async run(call) {
		const printer = await startPrinter(readOptions(call));
		shutDownOnSignal(printer.close);
		process.stdout.write(`${JSON.stringify(printer.ready)}\n`);
	},
};

/** Throws PlainError USAGE that names the flag and what is allowed. */
function readOptions({ argv, cwd, files }: Call): PrinterProgramOptions {
	const given = parse(argv);
	const read = <Name extends keyof typeof FLAGS>(name: Name): z.infer<(typeof FLAGS)[Name]["schema"]> => {
		const { schema, fallback, value, allowed } = FLAGS[name];
		const text = given[name] ?? fallback;
		if (text === undefined) throw usage(`Name ${allowed} with --${name} ${value}.`);
		// What is blank would be read as 0.
		const parsed = schema.safeParse(text.trim() === "" ? undefined : text);
		if (!parsed.success) throw usage(`--${name} cannot be ${JSON.stringify(text)}: it takes ${allowed}.`);
		return parsed.data as z.infer<(typeof FLAGS)[Name]["schema"]>;
	};
	return {
		host: read("host"),
		port: read("listen"),
		dialect: read("dialect"),
		width: read("width") === "80" ? 576 : 384,
		out: resolve(cwd, read("out")),
		faults: given.faults === undefined ? [] : readFaults(given.faults),
		seed: given.seed === undefined ? randomInt(2 ** 32) : read("seed"),
		page: read("page"),
		screens: files.screens,
	};
}

function readFaults(text: string): Fault[] {
	try {
		return parseFaults(text);
	} catch (fault) {
		throw fault instanceof UserError ? usage(`--faults: ${fault.message}`) : fault;
	}
}

function parse(argv: readonly string[]): Partial<Record<keyof typeof FLAGS, string>> {
	const options = Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: "string" as const }]));
	try {
		return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
	} catch (fault) {
		throw usage(
			`${fault instanceof Error ? fault.message.split("\n")[0] : String(fault)} Run with --help to see the options.`,
		);
	}
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
