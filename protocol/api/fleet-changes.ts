import type { StationReport } from "../sync/sync.ts";
import type { FleetSnapshot, FleetStation } from "./fleet.ts";

/* The picture of the fleet as it travels: once whole, then only what has changed. Pure, for both ends. */

export interface StationChange {
	id: string;
	/** What is another than before; all of it where the station is new. */
	fields?: Partial<FleetStation>;
	/** What is another in its report. */
	report?: Partial<StationReport>;
}

export interface FleetChanges extends Partial<Pick<FleetSnapshot, "documents" | "backup" | "refused">> {
	time: number;
	stations: StationChange[];
	/** Stations that are no more. */
	gone: string[];
}

/** One message of GET /fleet/api/events. */
export type FleetMessage = { kind: "whole"; picture: FleetSnapshot } | { kind: "changes"; changes: FleetChanges };

/** What every viewer is shown; who looks is told apart. */
export type SharedSnapshot = Omit<FleetSnapshot, "administrator" | "version">;

/** What has to be told to whoever knows `before`; undefined where nothing has. */
export function changesBetween(before: SharedSnapshot, after: SharedSnapshot): FleetChanges | undefined {
	const known = new Map(before.stations.map((station) => [station.id, station]));
	const stations = after.stations.flatMap((station) => {
		const earlier = known.get(station.id);
		known.delete(station.id);
		return earlier ? changeOf(earlier, station) : [{ id: station.id, fields: station }];
	});
	const shared = differenceOf(
		{ documents: before.documents, backup: before.backup, refused: before.refused },
		{ documents: after.documents, backup: after.backup, refused: after.refused },
	);
	const gone = [...known.keys()];
	if (stations.length === 0 && gone.length === 0 && shared === undefined) return undefined;
	return { time: after.time, stations, gone, ...shared };
}

/** The picture after what was told. */
export function withChanges(picture: FleetSnapshot, changes: FleetChanges): FleetSnapshot {
	const { time, stations, gone, ...shared } = changes;
	const known = new Map(picture.stations.map((station) => [station.id, station]));
	for (const { id, fields, report } of stations) {
		// A station that is new comes with all its fields.
		const changed = { ...known.get(id), ...fields } as FleetStation;
		if (report && changed.report) changed.report = { ...changed.report, ...report };
		known.set(id, changed);
	}
	for (const id of gone) known.delete(id);
	return { ...picture, ...shared, time, stations: [...known.values()] };
}

function changeOf(before: FleetStation, after: FleetStation): StationChange[] {
	const { report: earlier, ...rest } = before;
	const { report, ...others } = after;
	const fields = differenceOf(rest, others);
	// A report that has lost a field is told whole.
	const isPart = earlier !== null && report !== null && Object.keys(earlier).every((key) => key in report);
	const inReport = isPart ? differenceOf(earlier, report) : undefined;
	const whole = !isPart && !isSame(earlier, report) ? { report } : undefined;
	if (!fields && !inReport && !whole) return [];
	return [
		{
			id: after.id,
			...((fields || whole) && { fields: { ...fields, ...whole } }),
			...(inReport && { report: inReport }),
		},
	];
}

/** The fields of `after` that are others than in `before`. */
function differenceOf<T extends object>(before: T, after: T): Partial<T> | undefined {
	const changed = (Object.keys(after) as (keyof T)[]).filter((key) => !isSame(before[key], after[key]));
	if (changed.length === 0) return undefined;
	return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<T>;
}

/** Of values as JSON has them. */
function isSame(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
	const names = Object.keys(one);
	return (
		Array.isArray(one) === Array.isArray(other) &&
		names.length === Object.keys(other).length &&
		names.every((name) => isSame(Reflect.get(one, name), Reflect.get(other, name)))
	);
}
