import type { FleetBackup, FleetPicture, FleetStation, Refusals } from "../../../protocol/api/fleet.ts";

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
	...["TOKEN_REQUIRED", "TOKEN_REFUSED", "CODE_REFUSED", "CODE_TRIES", "KEY_REFUSED"],
	...["ORIGIN_REFUSED", "SIGN_IN_LOCKED", "SIGN_IN_TRIES", "BODY_TOO_LARGE"],
]);
/** Events of a station's day that stand in no backup for longer are at the mercy of one disk. */
export const BACKUP_OLD_AFTER = 7 * 24 * 3_600_000;

export type Matter =
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
export type Standing = "bad" | "attention" | "good" | "none";

export interface Judgement {
	/** `none`: nobody is enrolled there, or its device was shut out. */
	standing: Standing;
	/** Gravest first. */
	matters: readonly Matter[];
}

export function judgeStation(station: FleetStation, { documents }: FleetPicture, now: number): Judgement {
	const { enrolledAt, retiredAt, lastHeardAt, report, clockOffset, forks, forksSeen } = station;
	if (enrolledAt === null || retiredAt !== null) return { standing: "none", matters: [] };
	if (lastHeardAt === null || report === null) return { standing: "attention", matters: ["never-heard"] };
	const published = documents.find(({ kind }) => kind === "catalogue")?.version;
	const bad: readonly (Matter | false)[] = [
		now - lastHeardAt > SILENT_AFTER && "silent",
		report.printer !== "ready" && "printer",
	];
	const attention: readonly (Matter | false)[] = [
		forks > (forksSeen?.forks ?? 0) && "fork",
		report.unprinted > 0 && "unprinted",
		report.paperNearEnd && "paper",
		Math.abs(clockOffset ?? 0) > CLOCK_APART && "clock",
		report.unsent > MANY_UNSENT && "unsent",
		lately(refusalsOf(station), now).some(({ code }) => !MENDS_ITSELF.has(code)) && "refused",
		published !== undefined && report.catalogueVersion !== String(published) && "catalogue",
	];
	const matters = [...bad, ...attention].filter((matter) => matter !== false);
	const standing = bad.some(Boolean) ? "bad" : matters.length > 0 ? "attention" : "good";
	return { standing, matters };
}

/** What the server refused to a station, and what the station refused last of what the server sent, by the server's clock. */
export function refusalsOf({ refused, report, clockOffset }: FleetStation): Refusals[] {
	const own = report?.refusal;
	return own ? [...refused, { code: own.code, count: 1, lastAt: own.at - (clockOffset ?? 0) }] : refused;
}

/** What was refused in the last day to whoever is no station of this server, and should be looked at. */
export function refusedToStrangers({ refused }: Pick<FleetPicture, "refused">, now: number): Refusals[] {
	return lately(refused, now).filter(({ code }) => OF_STRANGERS.has(code));
}

function lately(refused: readonly Refusals[], now: number): Refusals[] {
	return refused.filter(({ lastAt }) => now - lastAt < REFUSED_LATELY);
}

/** How the server's own backup is: `none` where there is nothing to back up yet. */
export function judgeBackup(
	{ made, missingSince }: FleetBackup,
	now: number,
): "none" | "all" | "recent" | "old" | "never" {
	if (missingSince === null) return made ? "all" : "none";
	if (!made) return "never";
	return now - missingSince > BACKUP_OLD_AFTER ? "old" : "recent";
}

const ORDER: Readonly<Record<Standing, number>> = { bad: 0, attention: 1, good: 2, none: 3 };

export interface JudgedStation {
	station: FleetStation;
	judgement: Judgement;
}

/** All stations: what needs somebody first, then by site. */
export function judgeFleet(picture: FleetPicture, now: number): JudgedStation[] {
	return picture.stations
		.map((station) => ({ station, judgement: judgeStation(station, picture, now) }))
		.sort(
			(one, other) =>
				ORDER[one.judgement.standing] - ORDER[other.judgement.standing] ||
				compare(one.station.site, other.station.site) ||
				compare(one.station.id, other.station.id),
		);
}

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

export interface Wanted {
	/** A part of the site's id or of its name. */
	filter: string;
	standing: Standing | null;
}

/** Of them those that were looked for. */
export function pickStations(
	judged: readonly JudgedStation[],
	{ filter, standing }: Wanted,
	nameOf: (site: string) => string | undefined,
): JudgedStation[] {
	const wanted = filter.trim().toLowerCase();
	return judged.filter(
		({ station: { site }, judgement }) =>
			(standing === null || judgement.standing === standing) &&
			(wanted === "" || site.includes(wanted) || (nameOf(site)?.toLowerCase().includes(wanted) ?? false)),
	);
}

/** Topics that may be opened or closed at a station: those of the catalogue, and whatever it or a command spoke of. */
export function topicsOf({ report, commands }: FleetStation, inCatalogue: readonly string[]): string[] {
	const told = commands.flatMap(({ act }) => (act.kind === "set-topic" ? [act.topic] : []));
	return [...new Set([...inCatalogue, ...(report?.topics ?? []), ...told])];
}
