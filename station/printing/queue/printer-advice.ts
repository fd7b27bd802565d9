import type { PrinterCondition, PrinterStatus, UnreachableReason } from "../../../protocol/model/print.ts";

const DIALECT_HELP =
	"check that --printer names its language: a Star printer needs ?dialect=star after its address (a TSP100 ?dialect=star-raster), all others must not have it.";

const UNREACHABLE: Readonly<Record<UnreachableReason, string>> = {
	"not-found":
		"The printer's device or name was not found. Check its cable, that it is switched on, and that --printer names it correctly.",
	"not-a-device":
		"What is at the printer's path is no device, or for serial: no serial line. Correct --printer; if the path is right, something wrote to it while the printer was unplugged: remove that file, then plug the printer in again.",
	"no-permission":
		"The station may not use the printer's device. Give its user the right to it (on Linux usually the group lp), then restart the station.",
	busy: "Another program is connected to this printer, which serves one at a time. End that program; if it is CUPS, print through it with --printer lp:QUEUE.",
	refused:
		"The printer's address refuses connections. Check that the printer is switched on, that --printer names its address and port (usually 9100), and that no other program is connected to it.",
	"no-answer": `The printer accepts the connection but does not answer. Switch it off and on; if that does not help, ${DIALECT_HELP} A printer that never answers needs ?status=none.`,
	"other-language": `The printer answers in another language than the station uses: ${DIALECT_HELP} The port must be its raw one (usually 9100), not its web page, LPR or telnet. A printer whose answers make no sense needs ?status=none.`,
	unreachable:
		"The printer does not answer. Check that it is switched on and connected, and that --printer names its address.",
};

const ADVICE: Readonly<Record<Exclude<PrinterCondition, "unreachable">, string | null>> = {
	ready: null,
	offline:
		"The printer is offline. Press its online or feed button. If it prints all the same, its answer means something else: ?status=none.",
	"cover-open": "The printer's cover is open. Close it until it clicks.",
	"paper-out": "The printer has no paper. Put in a new roll.",
	"cutter-error": "The printer's cutter is stuck. Switch it off, take out the paper, and switch it on again.",
	error:
		"The printer reports an error. Switch it off and on; if the error comes back with each ticket, check that --printer names its paper (?width=58 for 58 mm) and its language (?dialect=star for Star), or call IT.",
};

const SPOOLER = {
	"queue-missing":
		"There is no print queue of this name, or CUPS does not run. The command lpstat -a lists the queues; name one of them with --printer lp:QUEUE.",
	"queue-stopped":
		"The print queue is stopped. Put the printer right, then start the queue with the commands cupsenable and cupsaccept and its name.",
	"job-stuck":
		"The last job did not leave the print queue and was withdrawn. Check that the printer is switched on, connected and has paper; a ticket tries it again in a minute.",
	"job-waiting":
		"The last job still waits in the print queue. Check that the printer is switched on, connected and has paper; if the job is of no use, remove it with the commands lpstat -o and cancel.",
} as const;

const isOfSpooler = (reason: string): reason is keyof typeof SPOOLER => Object.hasOwn(SPOOLER, reason);

const NONE_CHOSEN =
	"The station has no printer yet: tickets are numbers on the screen. Choose one in supervision, or with --printer.";

/** What to do about the printer, in plain words; null while all is well. */
export function printerAdvice({ condition, reason, paperNearEnd, insteadOf }: PrinterStatus): string | null {
	if (insteadOf) {
		const sentence = "Tickets come out of the stand-by printer, because the first one cannot print.";
		return [sentence, printerAdvice({ ...insteadOf, paperNearEnd: false })].filter(Boolean).join(" ");
	}
	if (reason === "none-chosen") return NONE_CHOSEN;
	if (reason !== undefined && isOfSpooler(reason)) return SPOOLER[reason];
	if (condition === "unreachable") return UNREACHABLE[reason ?? "unreachable"];
	if (condition === "ready" && paperNearEnd) return "The paper is almost used up. Have a new roll ready.";
	return ADVICE[condition];
}

/** True if an empty roll has been replaced. */
export function isNewRoll(before: PrinterStatus, after: PrinterStatus): boolean {
	return before.condition === "paper-out" && after.condition !== "paper-out" && after.condition !== "unreachable";
}
