import type { FleetBackup, FleetSnapshot, FleetStation, Refusals } from "../../../protocol/api/fleet.ts";

/* What IT should look at: pure rules over what the server knows. Instants are the server's UTC milliseconds. */

/** A station speaks every half minute at the least (station/sync/backoff.ts), a minute after faults. */
export const SILENT_AFTER = 3 * 60_000;
/** More than a station collects between two of its turns. */
export const MANY_UNSENT = 500;
/** Beyond it tokens come near to being refused (protocol/sync/enrolment.ts: 120 s). */
export const CLOCK_APART = 60_000;
/** Refusals that are older say nothing of today. */
const REFUSED_LATELY = 24 * 3_600_000;
/** A batch that came twice or late: the answer tells the end that is there, and the station goes on from it. */
const MENDS_ITSELF: ReadonlySet<string> = new Set(["STREAM_MOVED"]);
/** What nobody is refused by a slip of the hand alone: a device that is none of ours, codes and passwords that are tried. */
const OF_STRANGERS: ReadonlySet<string> = new Set([
	...["TOKEN_REQUIRED", "TOKEN_REFUSED", "ENROLMENT_CODE_INVALID", "CODE_RATE_LIMITED", "KEY_INVALID"],
	...["ORIGIN_REFUSED", "SIGN_IN_LOCKED", "SIGN_IN_RATE_LIMITED", "BODY_TOO_LARGE"],
]);
/** Events of a station's day that stand in no backup for longer are at the mercy of one disk. */
export const BACKUP_OLD_AFTER = 7 * 24 * 3_600_000;

export type Issue =
	| "silent"
	| "printer"
	| "fork"
	| "unprinted"
	| "paper"
	| "clock"
	| "unsent"
	| "refused"
	| "catalogue"
	| "never-heard";
export type Severity = "bad" | "attention" | "good" | "none";

export interface Classification {
	/** `none`: nobody is enrolled there, or its device was shut out. */
	severity: Severity;
	/** Gravest first. */
	issues: readonly Issue[];
}

export function classifyStation(station: FleetStation, { documents }: FleetSnapshot, now: number): Classification {
	const { enrolledAt, revokedAt, lastSeenAt, report, clockOffset, forks, forksReviewed } = station;
	if (enrolledAt === null || revokedAt !== null) return { severity: "none", issues: [] };
	if (lastSeenAt === null || report === null) return { severity: "attention", issues: ["never-heard"] };
	const published = documents.find(({ kind }) => kind === "catalogue")?.version;
	const bad: readonly (Issue | false)[] = [
		now - lastSeenAt > SILENT_AFTER && "silent",
		report.printer !== "ready" && "printer",
	];
	const attention: readonly (Issue | false)[] = [
		forks > (forksReviewed?.forks ?? 0) && "fork",
		report.unprinted > 0 && "unprinted",
		report.paperNearEnd && "paper",
		Math.abs(clockOffset ?? 0) > CLOCK_APART && "clock",
		report.unsent > MANY_UNSENT && "unsent",
		lately(refusalsOf(station), now).some(({ code }) => !MENDS_ITSELF.has(code)) && "refused",
		published !== undefined && report.catalogueVersion !== String(published) && "catalogue",
	];
	const issues = [...bad, ...attention].filter((matter) => matter !== false);
	const severity = bad.some(Boolean) ? "bad" : issues.length > 0 ? "attention" : "good";
	return { severity, issues };
}

/** What the server refused to a station, and what the station refused last of what the server sent, by the server's clock. */
export function refusalsOf({ refused, report, clockOffset }: FleetStation): Refusals[] {
	const own = report?.refusal;
	return own ? [...refused, { code: own.code, count: 1, lastAt: own.at - (clockOffset ?? 0) }] : refused;
}

/** What was refused in the last day to whoever is no station of this server, and should be looked at. */
export function rejectedUnattributed({ refused }: Pick<FleetSnapshot, "refused">, now: number): Refusals[] {
	return lately(refused, now).filter(({ code }) => OF_STRANGERS.has(code));
}

function lately(refused: readonly Refusals[], now: number): Refusals[] {
	return refused.filter(({ lastAt }) => now - lastAt < REFUSED_LATELY);
}

/** How the server's own backup is: `none` where there is nothing to back up yet. */
export function classifyBackup(
	{ made, missingSince }: FleetBackup,
	now: number,
): "none" | "all" | "recent" | "old" | "never" {
	if (missingSince === null) return made ? "all" : "none";
	if (!made) return "never";
	return now - missingSince > BACKUP_OLD_AFTER ? "old" : "recent";
}

const ORDER: Readonly<Record<Severity, number>> = { bad: 0, attention: 1, good: 2, none: 3 };

export interface ClassifiedStation {
	station: FleetStation;
	classification: Classification;
}

/** All stations: what needs somebody first, then by site. */
export function classifyFleet(picture: FleetSnapshot, now: number): ClassifiedStation[] {
	return picture.stations
		.map((station) => ({ station, classification: classifyStation(station, picture, now) }))
		.sort(
			(one, other) =>
				ORDER[one.classification.severity] - ORDER[other.classification.severity] ||
				compare(one.station.site, other.station.site) ||
				compare(one.station.id, other.station.id),
		);
}

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

export interface Selected {
	/** A part of the site's id or of its name. */
	filter: string;
	severity: Severity | null;
}

/** Of them those that were looked for. */
export function pickStations(
	classified: readonly ClassifiedStation[],
	{ filter, severity }: Selected,
	nameOf: (site: string) => string | undefined,
): ClassifiedStation[] {
	const wanted = filter.trim().toLowerCase();
	return classified.filter(
		({ station: { site }, classification }) =>
			(severity === null || classification.severity === severity) &&
			(wanted === "" || site.includes(wanted) || (nameOf(site)?.toLowerCase().includes(wanted) ?? false)),
	);
}

/** Topics that may be opened or closed at a station: those of the catalogue, and whatever it or a command spoke of. */
export function topicsOf({ report, commands }: FleetStation, inCatalogue: readonly string[]): string[] {
	const told = commands.flatMap(({ action }) => (action.kind === "set-topic" ? [action.topic] : []));
	return [...new Set([...inCatalogue, ...(report?.topics ?? []), ...told])];
}
