import type { FleetPicture, FleetStation } from "../../protocol/fleet.ts";

/* What IT should look at: pure rules over what the server knows. Instants are the server's UTC milliseconds. */

/** A station speaks every half minute at the least (station/sync/backoff.ts), a minute after faults. */
export const SILENT_AFTER = 3 * 60_000;
/** More than a station collects between two of its turns. */
export const MANY_UNSENT = 500;
/** Beyond it tokens come near to being refused (protocol/enrolment.ts: 120 s). */
export const CLOCK_APART = 60_000;
/** Refusals that are older say nothing of today. */
const REFUSED_LATELY = 24 * 3_600_000;

export type Matter =
	| "silent"
	| "printer"
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
	const { enrolledAt, retiredAt, lastHeardAt, report, clockOffset, refused } = station;
	if (enrolledAt === null || retiredAt !== null) return { standing: "none", matters: [] };
	if (lastHeardAt === null || report === null) return { standing: "attention", matters: ["never-heard"] };
	const published = documents.find(({ kind }) => kind === "catalogue")?.version;
	const bad: readonly (Matter | false)[] = [
		now - lastHeardAt > SILENT_AFTER && "silent",
		report.printer !== "ready" && "printer",
	];
	const attention: readonly (Matter | false)[] = [
		report.unprinted > 0 && "unprinted",
		report.paperNearEnd && "paper",
		Math.abs(clockOffset ?? 0) > CLOCK_APART && "clock",
		report.unsent > MANY_UNSENT && "unsent",
		refused.some(({ lastAt }) => now - lastAt < REFUSED_LATELY) && "refused",
		published !== undefined && report.catalogueVersion !== String(published) && "catalogue",
	];
	const matters = [...bad, ...attention].filter((matter) => matter !== false);
	const standing = bad.some(Boolean) ? "bad" : matters.length > 0 ? "attention" : "good";
	return { standing, matters };
}

const ORDER: Readonly<Record<Standing, number>> = { bad: 0, attention: 1, good: 2, none: 3 };

/** What needs somebody first, then by site. `filter` is a part of the site's name. */
export function orderStations(picture: FleetPicture, now: number, filter: string) {
	const wanted = filter.trim().toLowerCase();
	return picture.stations
		.filter(({ site }) => site.includes(wanted))
		.map((station) => ({ station, judgement: judgeStation(station, picture, now) }))
		.sort(
			(one, other) =>
				ORDER[one.judgement.standing] - ORDER[other.judgement.standing] ||
				one.station.site.localeCompare(other.station.site),
		);
}

/** Topics that any station has spoken of: what may be opened or closed at one of them. */
export function knownTopics({ stations }: FleetPicture): string[] {
	const said = stations.flatMap(({ report, commands }) => [
		...(report?.topics ?? []),
		...commands.flatMap(({ act }) => (act.kind === "set-topic" ? [act.topic] : [])),
	]);
	return [...new Set(said)].sort();
}
