import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { UserError } from "../../../lib/errors.ts";
import { oneOf, text, wholeNumber } from "../../../lib/settings/setting.ts";
import type { SheetAnswers } from "../../../protocol/api/printer-setup.ts";
import { SHEET_WIDTHS } from "../../../protocol/model/sheet-widths.ts";
import { STATION_SETTINGS } from "../../../station/app/settings.ts";
import { type PrinterTest, testPrinter } from "../../../station/app/test-printer.ts";
import { parsePrinterUrl } from "../../../station/printing/printer-url.ts";
import { type Context, defineCommand } from "../../define-command.ts";

const PICTURES = ["whole", "torn"] as const;
const CUTS = ["cut", "early", "none"] as const;

const OPTIONS = {
	printer: STATION_SETTINGS.printer,
	"printer-profile": { ...text("the name of a printer's model"), placeholder: "NAME", help: "the printer's model" },
	width: {
		...wholeNumber(360, 640),
		placeholder: "DOTS",
		help: "the first answer: the largest number whose black block is whole",
		isFlagOnly: true,
	},
	picture: {
		...oneOf(PICTURES),
		placeholder: "HOW",
		help: "the second answer: the picture is whole, or torn (gaps, stripes, stray letters)",
		isFlagOnly: true,
	},
	cut: {
		...oneOf(CUTS),
		placeholder: "HOW",
		help: "the third answer: the paper was cut below the last line (cut), through the lines (early), or not (none)",
		isFlagOnly: true,
	},
} as const;

export function testCommand(context: Context): Command {
	return defineCommand(context, {
		name: "test",
		summary: "print the set-up sheet on a printer, and find its options",
		description: `End the station that uses this printer first: most printers serve one program at a time. The sheet has three
questions. Answer them here, or with --width, --picture and --cut; the command then prints the address to start the
station with.`,
		options: OPTIONS,
		async run({ options, files, print, stdout }) {
			const { printer: url, "printer-profile": profile, width, picture, cut } = options();
			if (parsePrinterUrl(url).kind === "none")
				throw new UserError(
					"USAGE",
					"Name the printer to test, such as --printer tcp://192.168.1.50:9100 or --printer device:/dev/usb/lp0.",
					{ exitCode: 2 },
				);
			const test = await testPrinter({ url, profile, files, now: Date.now() });
			const { proof, description } = test;
			if (stdout.isTTY) stdout.write(`The sheet is printed.\n${description ?? ""}\n`);
			const answers = await answersFrom({ width, picture, cut }, test, stdout.isTTY === true);
			if (!answers) {
				print(
					{ printed: true, proof, description },
					"Answer the sheet's questions with --width, --picture and --cut to learn the printer's options.",
				);
				return;
			}
			const printer = test.addressFor(answers);
			print({ printed: true, proof, description, answers, printer }, `Start the station with: --printer "${printer}"`);
		},
	});
}

/** What the flags leave open is asked, where somebody can answer. Undefined if not all of it is answered. */
async function answersFrom(
	{ width, picture, cut }: { [name in keyof SheetAnswers]: SheetAnswers[name] | undefined },
	{ widthDots }: PrinterTest,
	isTerminal: boolean,
): Promise<SheetAnswers | undefined> {
	if (width !== undefined && picture !== undefined && cut !== undefined) return { width, picture, cut };
	if (!isTerminal || !process.stdin.isTTY) return undefined;
	const lines = createInterface({ input: process.stdin, output: process.stdout });
	try {
		const widths = [...new Set([...SHEET_WIDTHS.filter((one) => one < widthDots), widthDots])].map(String);
		const ask = async <Answer extends string>(question: string, choices: readonly Answer[]): Promise<Answer> => {
			for (;;) {
				const typed = (await lines.question(`${question} (${choices.join(", ")}) `)).trim();
				const found = choices.find((choice) => choice === typed);
				if (found !== undefined) return found;
			}
		};
		return {
			width: width ?? Number(await ask("1. The largest number whose black block is whole?", widths)),
			picture: picture ?? (await ask("2. Is the picture whole or torn?", PICTURES)),
			cut: cut ?? (await ask("3. The paper: cut below the last line, cut too early, or none?", CUTS)),
		};
	} finally {
		lines.close();
	}
}
