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
	if (Array.isArray(json)) return json.flatMap(entriesOf);
	const page = pageSchema.safeParse(json);
	return page.success ? page.data.contents : [json];
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
	for (const service of Array.isArray(services) ? services : [])
		collect({ organization, ...objectOf(service) }, entities, leftOut);
	for (const location of Array.isArray(locations) ? locations : []) collect(location, entities, leftOut);
}

function objectOf(value: unknown): Record<string, unknown> {
	const object = objectSchema.safeParse(value);
	return object.success ? object.data : {};
}

function parse<T>(schema: z.ZodType<T>, found: Record<string, unknown>, kind: string, leftOut: HsdsRemark[]) {
	const parsed = schema.safeParse(found);
	if (parsed.success) return parsed.data;
	const name = String(found.name ?? found.id ?? "without a name");
	leftOut.push({ entry: `${kind} ${name}`, what: z.prettifyError(parsed.error).replaceAll("\n", " ") });
	return undefined;
}
