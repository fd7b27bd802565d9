import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { oneOf, text, wholeNumber } from "../../lib/settings/setting.ts";
import { BEHAVIOURS, parseBehaviours } from "../../printer-simulator/behaviours.ts";
import { FAULT_KINDS, parseFaults } from "../../printer-simulator/fault-injection.ts";
import { startPrinter } from "../../printer-simulator/start-simulator.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { alignLabels } from "../print.ts";
import { shutDownOnSignal } from "../shutdown-on-signal.ts";
import { profilesCommand } from "./printer/profiles.ts";
import { testCommand } from "./printer/test.ts";

const PORT = { ...wholeNumber(0, 65_535), placeholder: "PORT", isFlagOnly: true } as const;
const DOTS = { "80": 576, "58": 384 } as const;

const OPTIONS = {
	out: {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "the folder for each piece of paper, as PNG and as bytes",
		isRequired: true,
		isFlagOnly: true,
	},
	listen: { ...PORT, defaultValue: 9100, help: "the printer's TCP port; 0 takes a free one" },
	host: {
		...text("an address of this machine"),
		placeholder: "ADDRESS",
		defaultValue: "127.0.0.1",
		help: "the address that the printer listens on",
		isFlagOnly: true,
	},
	dialect: {
		...oneOf(["epson", "star", "star-raster"]),
		placeholder: "NAME",
		defaultValue: "epson",
		help: "its language: epson (ESC/POS), star (StarPRNT) or star-raster (TSP100)",
		isFlagOnly: true,
	},
	width: {
		...oneOf(["80", "58"]),
		placeholder: "MM",
		defaultValue: "80",
		help: "the width of its paper in millimetres",
		isFlagOnly: true,
	},
	faults: {
		...text("a list of faults"),
		placeholder: "LIST",
		help: `what goes wrong by itself, KIND:EVERY:MILLISECONDS each, such as paper-out:5,lost-reply:3:2000; ${FAULT_KINDS.join(", ")}`,
		isFlagOnly: true,
	},
	behaves: {
		...text("a list of behaviours"),
		placeholder: "LIST",
		help: `how it differs from its manual, such as clone-no-id,dots-512; ${Object.keys(BEHAVIOURS).join(", ")}, dots-N for the width of its head`,
		isFlagOnly: true,
	},
	seed: {
		...wholeNumber(0, 4_294_967_295),
		placeholder: "N",
		help: "makes faults strike at the same places again; the ready line names the seed",
		isFlagOnly: true,
	},
	page: { ...PORT, defaultValue: 0, help: "the port of its page, on loopback; 0 takes a free one" },
} as const;

export function printerCommand(context: Context): Command {
	return defineCommand(context, {
		name: "printer",
		summary: "run a virtual printer on the network, with a page that shows the paper",
		description: `Behaves like a receipt printer on a TCP port, and takes as long as real paper. Its page shows what comes out, opens the
cover, takes the paper away, jams the cutter and switches the printer off. SIGTERM ends it.`,
		options: OPTIONS,
		commands: [testCommand(context), profilesCommand(context)],
		async run({ options, cwd, files, print }) {
			const { listen, width, out, faults, behaves, seed = randomInt(2 ** 32), ...rest } = options();
			const behaviours = behaves === undefined ? undefined : readList("behaves", behaves, parseBehaviours);
			const printer = await startPrinter({
				...rest,
				port: listen,
				width: behaviours?.width ?? DOTS[width],
				behaviours: behaviours?.behaviours ?? [],
				out: resolve(cwd, out),
				faults: faults === undefined ? [] : readList("faults", faults, parseFaults),
				seed,
				screens: files.screens,
			});
			shutDownOnSignal(printer.close);
			const addresses = alignLabels([
				["Printer", printer.ready.printer],
				["Page", printer.ready.page],
				["Paper", resolve(cwd, out)],
			]);
			print(
				printer.ready,
				`The printer is on.\n${addresses}\nStart a station with: paihao station --printer "${printer.ready.printer}" --data DIR\nPress Ctrl+C to end it.`,
			);
		},
	});
}

/** Reads the list of a flag. The sentence of `read` names the part that is wrong; this adds the flag. */
function readList<List>(flag: string, list: string, read: (list: string) => List): List {
	try {
		return read(list);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		throw new UserError("USAGE", `--${flag}: ${error.message}`, { exitCode: 2 });
	}
}
