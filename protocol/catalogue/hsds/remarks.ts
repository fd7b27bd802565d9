import type { HsdsRemark } from "./shapes.ts";

/** Names the members that have no place in a catalogue. */
export function nameUnused(entry: string, found: object, used: readonly string[], leftOut: HsdsRemark[]): void {
	const names = Object.entries(found).flatMap(([name, value]) =>
		used.includes(name) || value === undefined || value === null || value === "" ? [] : [name],
	);
	const known = leftOut.some((one) => one.entry === entry && one.what.startsWith("no place for"));
	if (names.length > 0 && !known) leftOut.push({ entry, what: `no place for ${names.join(", ")}` });
}

/** Names an entity that has the id of another one but is not the same: the first one counts. */
export function nameOther(entry: string, found: object, first: object | undefined, leftOut: HsdsRemark[]): void {
	const names = Object.entries(found).flatMap(([name, value]) =>
		first && name !== "service_at_locations" && JSON.stringify(value) !== JSON.stringify(Reflect.get(first, name))
			? [name]
			: [],
	);
	if (names.length > 0)
		leftOut.push({ entry, what: `Its id is there twice, with another ${names.join(", ")}: the first counts.` });
}

/** A text that a catalogue has room for; names one that was cut. */
export function shorten(text: string, most: number, entry: string, member: string, assumed: HsdsRemark[]): string {
	const plain = text.replaceAll(/\s+/g, " ").trim();
	if (plain.length <= most) return plain;
	assumed.push({ entry, what: `its ${member} is cut to ${most} characters` });
	return `${plain.slice(0, most - 1).trimEnd()}…`;
}
