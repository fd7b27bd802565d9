import type { StatePart } from "../../protocol/model/print.ts";
import type { PrinterAbilities } from "./printer-abilities.ts";
import type { PrinterSettings } from "./printer-settings.ts";

/** What the printer can do, in plain words; null until it was asked. */
export function describePrinter(abilities: PrinterAbilities | undefined, settings: PrinterSettings): string | null {
	if (!abilities || abilities.confirmsPaper === undefined) return null;
	const reports = describeReports(abilities.reports);
	const confirms = abilities.confirmsPaper && settings.proof !== "sent";
	const sentences = [
		confirms
			? `This printer can ${reports ? `report ${reports}, and ` : ""}confirm a ticket.`
			: reports
				? `This printer can report ${reports}, but cannot confirm a ticket.`
				: abilities.confirmsProcessing
					? "This printer can say that it took a ticket, but reports nothing and cannot confirm one."
					: "This printer reports nothing: whether a ticket came out is never known.",
	];
	if (settings.ignoresNearEnd) sentences.push("Its warning that the paper is almost used up is switched off.");
	return sentences.join(" ");
}

const NOUNS: Readonly<Record<StatePart, string>> = {
	online: "whether it is online",
	paper: "paper",
	cover: "cover",
	error: "errors",
};

/** "paper, cover and errors"; empty if it reports nothing. What it says of itself as a whole goes without saying beside a part. */
function describeReports(parts: readonly StatePart[]): string {
	const detailed = (["paper", "cover", "error"] as const).filter((part) => parts.includes(part));
	const nouns = (detailed.length > 0 ? detailed : parts).map((part) => NOUNS[part]);
	return nouns.length < 2 ? nouns.join("") : `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1)}`;
}
