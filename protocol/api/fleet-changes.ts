import type { FleetChanges, FleetSnapshot, FleetStation, StationChange } from "./fleet.ts";

/* How the fleet's snapshot is sent: whole at first, then only its changes. Pure functions for both sides. */

/** The part of a snapshot that is the same for every viewer. */
export type SharedSnapshot = Omit<FleetSnapshot, "administrator" | "version">;

/** The changes from `before` to `after`; undefined where there are none. */
export function changesBetween(before: SharedSnapshot, after: SharedSnapshot): FleetChanges | undefined {
	const known = new Map(before.stations.map((station) => [station.id, station]));
	const stations = after.stations.flatMap((station) => {
		const earlier = known.get(station.id);
		known.delete(station.id);
		return earlier ? changeOf(earlier, station) : [{ id: station.id, fields: station }];
	});
	const shared = differenceOf(
		{ documents: before.documents, backup: before.backup, disk: before.disk, refused: before.refused },
		{ documents: after.documents, backup: after.backup, disk: after.disk, refused: after.refused },
	);
	const gone = [...known.keys()];
	if (stations.length === 0 && gone.length === 0 && shared === undefined) return undefined;
	return { time: after.time, stations, gone, ...shared };
}

/** The snapshot with the changes applied. */
export function withChanges(snapshot: FleetSnapshot, changes: FleetChanges): FleetSnapshot {
	const { time, stations, gone, ...shared } = changes;
	const known = new Map(snapshot.stations.map((station) => [station.id, station]));
	for (const { id, fields, report } of stations) {
		// A new station comes with all its fields.
		const changed = { ...known.get(id), ...fields } as FleetStation;
		known.set(id, report && changed.report ? { ...changed, report: withFields(changed.report, report) } : changed);
	}
	for (const id of gone) known.delete(id);
	return { ...withFields(snapshot, shared), time, stations: [...known.values()] };
}

/** JSON has no undefined fields: each one that is there is the new one. */
function withFields<T extends object>(before: T, changed: { [Name in keyof T]?: T[Name] | undefined }): T {
	return Object.assign({}, before, changed);
}

function changeOf(before: FleetStation, after: FleetStation): StationChange[] {
	const { report: earlier, ...rest } = before;
	const { report, ...others } = after;
	const fields = differenceOf(rest, others);
	// A report that lacks a field it had is sent whole.
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

/** The fields of `after` that differ from `before`. */
function differenceOf<T extends object>(before: T, after: T): Partial<T> | undefined {
	const changed = (Object.keys(after) as (keyof T)[]).filter((key) => !isSame(before[key], after[key]));
	if (changed.length === 0) return undefined;
	return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<T>;
}

/** Compares JSON values. */
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
