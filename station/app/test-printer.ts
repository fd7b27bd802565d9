import { UserError } from "../../lib/errors.ts";
import { openVirtualPrinter } from "../../printer-simulator/virtual-printer.ts";
import type { SheetAnswers } from "../../protocol/api/printer-setup.ts";
import type { PrintProof } from "../../protocol/model/print.ts";
import { describePrinter } from "../printing/describe-printer.ts";
import { openPrinter } from "../printing/open-printer.ts";
import type { Printer } from "../printing/printer.ts";
import { choicesFor } from "../printing/printer-choices.ts";
import { parsePrinterUrl } from "../printing/printer-url.ts";
import { printerAdvice } from "../printing/queue/printer-advice.ts";
import { isAsGoodAsItGets } from "../printing/queue/unqueued-prints.ts";
import { TicketRenderer } from "../printing/render/ticket-renderer.ts";
import { sheetOptions } from "../printing/sheet-options.ts";
import type { AssetPaths } from "./asset-paths.ts";

export interface PrinterTest {
	proof: PrintProof | null;
	/** What the printer can do, in plain English; null if it is not asked. */
	description: string | null;
	/** The widths that the sheet marks, up to that of its picture. */
	widthDots: number;
	/** The address with what follows from the answers. */
	addressFor(answers: SheetAnswers): string;
}

export interface PrinterTestOptions {
	url: string;
	profile: string | undefined;
	files: AssetPaths;
	now: number;
}

/** A printer that has just been connected is asked what it can do. */
const READY_TIMEOUT_MS = 15_000;
const POLL_MS = 100;

/**
 * Prints the set-up sheet on a printer that no station uses now. Throws what openPrinter throws, and UserError
 * SHEET_NOT_PRINTED, which says what to do.
 */
export async function testPrinter({ url, profile, files, now }: PrinterTestOptions): Promise<PrinterTest> {
	const chosen = { profile };
	const choices = choicesFor(parsePrinterUrl(url), chosen);
	const printer = openPrinter(url, { chosen, deviceProcess: files.deviceProcess, openVirtualPrinter });
	try {
		await requireReady(printer);
		const { widthDots, dpi, format } = printer.settings;
		const { hasCutter } = format;
		const { bitmap } = new TicketRenderer(widthDots).renderSetupSheet({
			...{ profile: choices.profile?.name ?? null, dialect: choices.dialect, widthDots, dpi, hasCutter },
			...{ printedAt: now, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
		});
		const attempt = printer.print(bitmap);
		const { kind } = await attempt.sendResult;
		if (kind !== "sent" || !isAsGoodAsItGets(await attempt.confirmation)) throw notReady(printer);
		return {
			proof: printer.proof,
			description: describePrinter(printer.abilities, printer.settings),
			widthDots,
			addressFor: (answers) => withOptions(url, sheetOptions(answers, choices, printer.settings)),
		};
	} finally {
		await printer.close();
	}
}

async function requireReady(printer: Printer): Promise<void> {
	const deadline = AbortSignal.timeout(READY_TIMEOUT_MS);
	while ((await printer.check()).condition !== "ready") {
		if (deadline.aborted) throw notReady(printer);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

function notReady({ status }: Printer): UserError {
	const advice = printerAdvice({ ...status, paperNearEnd: false });
	return new UserError(
		"SHEET_NOT_PRINTED",
		`The sheet was not printed. ${advice ?? "Look whether part of it came out, then try again."}`,
	);
}

/** The address with these options in place of its own of the same name. */
function withOptions(url: string, options: string): string {
	const [place = url, own = ""] = url.split("?");
	const all = new Map(
		[own, options]
			.flatMap((list) => list.split("&"))
			.filter(Boolean)
			.map((option) => {
				const [name = "", value = ""] = option.split("=");
				return [name, value] as const;
			}),
	);
	const query = [...all].map(([name, value]) => `${name}=${value}`).join("&");
	return query === "" ? place : `${place}?${query}`;
}
