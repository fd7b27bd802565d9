import type { FleetStation } from "../../protocol/fleet.ts";
import { ago, apart } from "./times.ts";
import { type FleetLanguage, type Say, sayCode } from "./words.ts";

/** What is told of every station, in this order: the table's columns and the card's list. */
export const FACTS = ["heard", "queue", "printer", "unsent", "forks", "versions", "clock"] as const;
export type Fact = (typeof FACTS)[number];

const UNKNOWN = "–";

export function factsOf(
	{ report, lastHeardAt, clockOffset, forks }: FleetStation,
	{ say, language, now }: { say: Say; language: FleetLanguage; now: number },
): Record<Fact, string> {
	const heard = lastHeardAt === null ? UNKNOWN : ago(lastHeardAt, now, language);
	const clock = clockOffset === null ? UNKNOWN : apart(clockOffset, language);
	const known = { heard, clock, forks: String(forks) };
	if (report === null) return { ...known, queue: UNKNOWN, printer: UNKNOWN, unsent: UNKNOWN, versions: UNKNOWN };
	const { waiting, serving, openCounters, printer, unsent, version, catalogueVersion } = report;
	return {
		...known,
		queue: say("queueShort", { waiting, serving, openCounters }),
		printer: sayCode(say, "printer", printer),
		unsent: String(unsent),
		versions: `${version} · ${catalogueVersion ?? say("ownCatalogue")}`,
	};
}
