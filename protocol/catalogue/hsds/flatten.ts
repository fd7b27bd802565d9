import { z } from "zod";
import {
	type HsdsLocation,
	type HsdsRemark,
	type HsdsService,
	hsdsLocationSchema,
	hsdsOrganizationSchema,
	hsdsServiceSchema,
} from "./shapes.ts";

/** The services of a file, and locations that no service is at. */
export interface HsdsEntities {
	services: HsdsService[];
	locations: HsdsLocation[];
}

/**
 * The entities of a file: one service, organization, service at a location or location with what is in it, a list of
 * such, or a page of HSDS's API (`contents`). What has no valid form is named in `leftOut`.
 */
export function flatten(json: unknown, leftOut: HsdsRemark[]): HsdsEntities {
	const entities: HsdsEntities = { services: [], locations: [] };
	for (const entry of entriesOf(json)) collect(entry, entities, leftOut);
	return entities;
}

const pageSchema = z.looseObject({ contents: z.array(z.unknown()) });

function entriesOf(json: unknown): unknown[] {
	return Array.isArray(json) ? json.flatMap(contentsOf) : contentsOf(json);
}

function contentsOf(entry: unknown): unknown[] {
	const page = pageSchema.safeParse(entry);
	// An array stays one entry, which is none: a list of lists is not HSDS's.
	return page.success ? page.data.contents : [entry];
}

const objectSchema = z.looseObject({});

function collect(entry: unknown, entities: HsdsEntities, leftOut: HsdsRemark[]): void {
	const object = objectSchema.safeParse(entry);
	if (!object.success) {
		leftOut.push({ entry: "an entry", what: "It is not an object." });
		return;
	}
	const found = object.data;
	if ("location_type" in found) {
		const location = parse(hsdsLocationSchema, found, "location", leftOut);
		if (location) entities.locations.push(location);
	} else if ("location" in found && "service" in found) {
		const { service, location, schedules } = found;
		const at = { location, schedules: Array.isArray(schedules) ? schedules : [] };
		collect({ ...objectOf(service), service_at_locations: [at] }, entities, leftOut);
	} else if ("status" in found) {
		const service = parse(hsdsServiceSchema, found, "service", leftOut);
		if (service) entities.services.push(service);
	} else collectOrganization(found, entities, leftOut);
}

function collectOrganization(found: Record<string, unknown>, entities: HsdsEntities, leftOut: HsdsRemark[]): void {
	const { services, locations, ...own } = found;
	const organization = parse(hsdsOrganizationSchema, own, "organization", leftOut);
	if (!organization) return;
	if (!isFilled(services) && !isFilled(locations))
		leftOut.push({ entry: `organization ${organization.name}`, what: "It has no services and no locations." });
	for (const service of Array.isArray(services) ? services : [])
		collect({ organization, ...objectOf(service) }, entities, leftOut);
	for (const location of Array.isArray(locations) ? locations : []) collect(location, entities, leftOut);
}

function objectOf(value: unknown): Record<string, unknown> {
	const object = objectSchema.safeParse(value);
	return object.success ? object.data : {};
}

function parse<T extends object>(
	schema: z.ZodType<T>,
	found: Record<string, unknown>,
	kind: string,
	leftOut: HsdsRemark[],
) {
	const parsed = schema.safeParse(found);
	const name = String(found.name ?? found.id ?? "without a name");
	if (parsed.success) {
		nameUnread(`${kind} ${name}`, found, parsed.data, leftOut);
		return parsed.data;
	}
	leftOut.push({ entry: `${kind} ${name}`, what: z.prettifyError(parsed.error).replaceAll("\n", " ") });
	return undefined;
}

const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0;

/** Names what stands in an entity in a form that is not HSDS's, such as a day that is none. */
function nameUnread(entry: string, found: Record<string, unknown>, read: object, leftOut: HsdsRemark[]): void {
	const kept = new Map(Object.entries(read));
	for (const [name, value] of Object.entries(found))
		if (value !== undefined && value !== null && value !== "" && kept.get(name) === undefined)
			leftOut.push({ entry, what: `its ${name} is not understood: ${JSON.stringify(value).slice(0, 60)}` });
}
