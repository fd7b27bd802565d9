import type { FleetStation } from "../../../protocol/api/fleet.ts";
import type { StationReport } from "../../../protocol/sync/sync.ts";
import { formatOffset, formatRelative } from "../messages/format-time.ts";
import { type FleetLanguage, messageOfCode, type Translate } from "../messages/messages.ts";

/** What is told of every station, in this order: the table's columns and the card's list. */
export const FACTS = [
	"heard",
	"waiting",
	"serving",
	"counters",
	"printer",
	"paper",
	"unprinted",
	"unsent",
	"forks",
	"program",
	"catalogue",
	"clock",
] as const;
export type Fact = (typeof FACTS)[number];

/** Nobody has said it. */
export const UNKNOWN = "–";

export function factsOf(
	{ report, lastSeenAt, clockOffset, forks }: FleetStation,
	{ t, language, now }: { t: Translate; language: FleetLanguage; now: number },
): Record<Fact, string> {
	const of = (dispatch: (known: StationReport) => string) => (report === null ? UNKNOWN : dispatch(report));
	return {
		heard: lastSeenAt === null ? UNKNOWN : formatRelative(lastSeenAt, now, language),
		waiting: of(({ waiting }) => String(waiting)),
		serving: of(({ serving }) => String(serving)),
		counters: of(({ openCounters }) => String(openCounters)),
		printer: of(({ printer }) => messageOfCode(t, "printer", printer)),
		paper: of((known) => {
			const paper = paperOf(known);
			return paper === undefined ? UNKNOWN : t(`paper.${paper}`);
		}),
		unprinted: of(({ unprinted }) => String(unprinted)),
		unsent: of(({ unsent }) => String(unsent)),
		forks: String(forks),
		program: of(({ version }) => version),
		catalogue: of(({ catalogueVersion }) => catalogueVersion ?? t("ownCatalogue")),
		clock: clockOffset === null ? UNKNOWN : formatOffset(clockOffset, language),
	};
}

/** A printer that cannot be asked says nothing of its paper. */
export function paperOf({ printer, paperNearEnd }: StationReport): "ready" | "near-end" | "out" | undefined {
	if (printer === "paper-out") return "out";
	if (printer === "unreachable" || printer === "offline") return undefined;
	return paperNearEnd ? "near-end" : "ready";
}
