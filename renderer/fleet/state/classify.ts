import type { FleetBackup, FleetSnapshot, FleetStation, RefusalCount } from "../../../protocol/api/fleet.ts";

/* What needs IT's attention: pure rules over the server's snapshot. Instants are UTC milliseconds of the server's clock. */

/** A station connects every half minute, or every minute after errors. */
export const OFFLINE_AFTER_MS = 3 * 60_000;
/** More than a station collects between two pushes. */
export const MANY_UNSENT = 500;
/** Near the limit of 120 s, beyond which the server refuses tokens (protocol/sync/enrolment.ts). */
const MAX_CLOCK_OFFSET_MS = 60_000;
/** Older refusals do not matter any more. */
const RECENT_MS = 24 * 3_600_000;
/** A batch that came twice or late: the answer names the log's end, and the station continues from there. */
const SELF_CORRECTING: ReadonlySet<string> = new Set(["STREAM_MOVED"]);
/** Refusals that are no typing mistakes: an unknown device, or somebody who tries codes and passwords. */
const SUSPICIOUS: ReadonlySet<string> = new Set([
	...["TOKEN_REQUIRED", "TOKEN_REFUSED", "ENROLMENT_CODE_INVALID", "CODE_RATE_LIMITED", "KEY_INVALID"],
	...["ORIGIN_REFUSED", "SIGN_IN_RATE_LIMITED", "BODY_TOO_LARGE"],
]);
/** Events without a backup for longer than this depend on one disk. */
export const BACKUP_OLD_AFTER_MS = 7 * 24 * 3_600_000;

export type Issue =
	| "offline"
	| "runs-twice"
	| "printer"
	| "fork"
	| "unprinted"
	| "paper"
	| "clock"
	| "disk"
	| "disk-full"
	| "unsent"
	| "refused"
	| "catalogue"
	| "outdated-topics"
	| "calendar"
	| "never-connected";
export type Severity = "bad" | "attention" | "good" | "none";

export interface Classification {
	/** `none`: no device is enrolled, or it was revoked. */
	severity: Severity;
	/** Worst first. */
	issues: readonly Issue[];
}

export function classifyStation(station: FleetStation, { documents }: FleetSnapshot, now: number): Classification {
	const { enrolledAt, revokedAt, lastSeenAt, report, clockOffset, forks, forksReviewed, runsTwice } = station;
	if (enrolledAt === null || revokedAt !== null) return { severity: "none", issues: [] };
	if (lastSeenAt === null || report === null) return { severity: "attention", issues: ["never-connected"] };
	const published = documents.find(({ kind }) => kind === "catalogue")?.version;
	const disk = report.disk?.state;
	const bad: readonly (Issue | false)[] = [
		now - lastSeenAt > OFFLINE_AFTER_MS && "offline",
		runsTwice && "runs-twice",
		report.printer !== "ready" && "printer",
		disk === "full" && "disk-full",
	];
	const attention: readonly (Issue | false)[] = [
		forks > (forksReviewed?.forks ?? 0) && "fork",
		report.unprinted > 0 && "unprinted",
		report.paperNearEnd && "paper",
		Math.abs(clockOffset ?? 0) > MAX_CLOCK_OFFSET_MS && "clock",
		disk === "low" && "disk",
		report.unsent > MANY_UNSENT && "unsent",
		recentOf(refusalsOf(station), now).some(({ code }) => !SELF_CORRECTING.has(code)) && "refused",
		published !== undefined && report.catalogueVersion !== String(published) && "catalogue",
		(report.outdatedTopics ?? 0) > 0 && "outdated-topics",
		report.calendarFails === true && "calendar",
	];
	const issues = [...bad, ...attention].filter((issue) => issue !== false);
	const severity = bad.some(Boolean) ? "bad" : issues.length > 0 ? "attention" : "good";
	return { severity, issues };
}

/** What the server refused from a station, and the station's own last refusal of what the server sent. By the server's clock. */
export function refusalsOf({ refused, report, clockOffset }: FleetStation): RefusalCount[] {
	const own = report?.refusal;
	return own ? [...refused, { code: own.code, count: 1, lastAt: own.at - (clockOffset ?? 0) }] : refused;
}

/** Refused requests of the last day that came from no station of this server and need attention. */
export function rejectedUnattributed({ refused }: Pick<FleetSnapshot, "refused">, now: number): RefusalCount[] {
	return recentOf(refused, now).filter(({ code }) => SUSPICIOUS.has(code));
}

function recentOf(refused: readonly RefusalCount[], now: number): RefusalCount[] {
	return refused.filter(({ lastAt }) => now - lastAt < RECENT_MS);
}

/** The state of the server's own backup; `none` where there is nothing to back up yet. */
export function classifyBackup(
	{ made, missingSince }: FleetBackup,
	now: number,
): "none" | "all" | "recent" | "old" | "never" {
	if (missingSince === null) return made ? "all" : "none";
	if (!made) return "never";
	return now - missingSince > BACKUP_OLD_AFTER_MS ? "old" : "recent";
}

const ORDER: Readonly<Record<Severity, number>> = { bad: 0, attention: 1, good: 2, none: 3 };

export interface ClassifiedStation {
	station: FleetStation;
	classification: Classification;
}

/** All stations: those that need attention first, then by site. */
export function classifyFleet(snapshot: FleetSnapshot, now: number): ClassifiedStation[] {
	return snapshot.stations
		.map((station) => ({ station, classification: classifyStation(station, snapshot, now) }))
		.sort(
			(one, other) =>
				ORDER[one.classification.severity] - ORDER[other.classification.severity] ||
				compare(one.station.site, other.station.site) ||
				compare(one.station.id, other.station.id),
		);
}

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

export interface Selected {
	/** Part of the site's id or name. */
	filter: string;
	severity: Severity | null;
}

/** The stations that match the filter. */
export function pickStations(
	classified: readonly ClassifiedStation[],
	{ filter, severity }: Selected,
	nameOf: (site: string) => string | undefined,
): ClassifiedStation[] {
	const query = filter.trim().toLowerCase();
	return classified.filter(
		({ station: { site }, classification }) =>
			(severity === null || classification.severity === severity) &&
			(query === "" || site.includes(query) || (nameOf(site)?.toLowerCase().includes(query) ?? false)),
	);
}

/** Topics that IT can open or close at a station: the catalogue's, and those in its report or commands. */
export function topicsOf({ report, commands }: FleetStation, inCatalogue: readonly string[]): string[] {
	const mentioned = commands.flatMap(({ action }) => (action.kind === "set-topic" ? [action.topic] : []));
	return [...new Set([...inCatalogue, ...(report?.topics ?? []), ...mentioned])];
}

/** The zone of a station's site; this browser's until the station has told it. */
export function zoneOf({ report }: Pick<FleetStation, "report">): string {
	return report?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
