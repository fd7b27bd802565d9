import type { FleetStation } from "../../../protocol/api/fleet.ts";
import type { StationReport } from "../../../protocol/sync/sync.ts";
import { formatOffset, formatRelative } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import { messageOfCode, type Translate } from "../messages/messages.ts";

/** What the page shows of every station, in this order: the table's columns and the card's list. */
export const FIELDS = [
	"lastSeen",
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
	"disk",
] as const;
export type Field = (typeof FIELDS)[number];

/** Shown where the station has not reported a value. */
export const UNKNOWN = "–";

export function fieldsOf(
	{ report, lastSeenAt, clockOffset, forks }: FleetStation,
	{ t, language, now }: { t: Translate; language: StaffLanguage; now: number },
): Record<Field, string> {
	const of = (dispatch: (known: StationReport) => string) => (report === null ? UNKNOWN : dispatch(report));
	return {
		lastSeen: lastSeenAt === null ? UNKNOWN : formatRelative(lastSeenAt, now, language),
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
		disk: of(({ disk }) => (disk === undefined ? UNKNOWN : t("diskFree", { percent: disk.freePercent }))),
		clock: clockOffset === null ? UNKNOWN : formatOffset(clockOffset, language),
	};
}

/** A printer without a connection does not report its paper. */
export function paperOf({ printer, paperNearEnd }: StationReport): "ready" | "near-end" | "out" | undefined {
	if (printer === "paper-out") return "out";
	if (printer === "unreachable" || printer === "offline") return undefined;
	return paperNearEnd ? "near-end" : "ready";
}
