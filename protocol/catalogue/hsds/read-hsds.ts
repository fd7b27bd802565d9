import { z } from "zod";
import type { CatalogueBody } from "../../documents/signed-document.ts";
import type { Language } from "../../model/language.ts";
import { documentUsesOf, documentUsesSchema, questionSchema } from "../service-details.ts";
import { type CatalogueDraft, type Json, openDraft } from "./catalogue-draft.ts";
import { flatten } from "./flatten.ts";
import { ownOf } from "./own-attribute.ts";
import { readSchedules } from "./read-schedules.ts";
import { nameOther, nameUnused, shorten } from "./remarks.ts";
import type { HsdsLocation, HsdsOrganization, HsdsRemark, HsdsSchedule, HsdsService } from "./shapes.ts";
import { openSlugs, type Slugs } from "./slugs.ts";

export interface HsdsImport {
	/** The catalogue's files by name; to be checked with checkCatalogue as any other. */
	body: CatalogueBody;
	/** What has no place in a catalogue, or is not understood. */
	leftOut: HsdsRemark[];
	/** What HSDS does not say and was taken as usual: to be looked at before it is published. */
	assumed: HsdsRemark[];
}

export interface HsdsReadOptions {
	/** The language of the file's texts: HSDS has one. */
	language: Language;
	/** IANA zone of sites whose schedules do not say one. */
	timezone: string;
	/** Today, YYYY-MM-DD: facts that say no date were checked now. */
	today: string;
}

/** How long facts from elsewhere count before staff must confirm them. */
const CONFIRM_DAYS = 90;
const USUAL_MINUTES = 15;
const GROUP = { id: "general", series: "A" };

/** What an import has gathered so far. */
interface Import {
	draft: CatalogueDraft;
	slugs: Slugs;
	/** The entity of the file that an entry was made of, by the entry's kind and id. */
	first: Map<string, object>;
	/** The schedules that each site's hours come from, by its id. */
	hours: Map<string, readonly HsdsSchedule[]>;
	leftOut: HsdsRemark[];
	assumed: HsdsRemark[];
	options: HsdsReadOptions;
}

/**
 * Turns an HSDS 3 file into a catalogue. What Paihao wrote itself comes back whole, from its own attribute; from others
 * comes what both know, and `leftOut` and `assumed` name the rest. Nothing is dropped in silence.
 */
export function readHsds(json: unknown, options: HsdsReadOptions): HsdsImport {
	const draft = openDraft(options.language);
	const to: Import = {
		draft,
		slugs: openSlugs(),
		first: new Map(),
		hours: new Map(),
		leftOut: [],
		assumed: [],
		options,
	};
	const { leftOut, assumed } = to;
	const { services, locations } = flatten(json, leftOut);
	for (const { attributes } of [...services, ...locations]) {
		const id = ownOf(attributes)?.entry?.id;
		if (id !== undefined) to.slugs.reserve(id);
	}
	for (const [index, service] of services.entries()) {
		const topic = readService(to, service, index + 1);
		for (const { location } of service.service_at_locations) if (location) readLocation(to, location, topic, service);
	}
	for (const location of locations) readLocation(to, location, undefined, undefined);
	return { body: draft.body(), leftOut, assumed };
}

/** Returns the organization's id. */
function readOrganization(to: Import, organization: HsdsOrganization = UNKNOWN_ORGANIZATION): string {
	const { draft, slugs, leftOut, assumed } = to;
	const entry = `organization ${organization.name}`;
	const own = ownOf(organization.attributes);
	const id = own?.entry?.id ?? slugs.of("organization", organization.id, organization.name);
	nameUnused(entry, organization, own ? [...ORGANIZATION_USED, ...OWN_WORDS] : ORGANIZATION_USED, leftOut);
	const phone = organization.phones[0]?.number?.replaceAll('"', "");
	if (organization.phones.length > 1)
		leftOut.push({ entry, what: `${organization.phones.length - 1} further telephone numbers.` });
	draft.put("organizations", own?.entry ?? { id, ...(phone !== undefined && { phone }) }, own, {
		name: shorten(organization.name, 90, entry, "name", assumed),
	});
	return id;
}

const UNKNOWN_ORGANIZATION: HsdsOrganization = {
	id: "unknown",
	name: "Unknown organization",
	phones: [],
	attributes: [],
};

function readLocation(
	to: Import,
	location: HsdsLocation,
	topic: string | undefined,
	elsewhere: HsdsService | undefined,
): void {
	const { draft, slugs, first, hours, leftOut, assumed, options } = to;
	const name = location.name ?? location.id;
	const entry = `location ${name}`;
	const own = ownOf(location.attributes);
	const id = own?.entry?.id ?? slugs.of("location", location.id, name);
	if (draft.addTopic(id, topic)) {
		nameOther(entry, location, first.get(`location ${id}`), leftOut);
		nameOtherHours(to, location, elsewhere, hours.get(id) ?? []);
		return;
	}
	first.set(`location ${id}`, location);
	nameUnused(entry, location, own ? [...LOCATION_USED, ...OWN_WORDS] : LOCATION_USED, leftOut);
	const organization = readOrganization(to, elsewhere?.organization);
	const schedules = location.schedules.length > 0 ? location.schedules : schedulesFor(location, elsewhere);
	const timezone = own?.entry ? String(own.entry.timezone) : options.timezone;
	hours.set(id, schedules);
	nameOtherHours(to, location, elsewhere, schedules);
	const open = readSchedules(schedules, { entry, timezone }, leftOut);
	const ends = open.schedules
		.map((one) => [one.until ?? "9999", one.valid_to ?? "9999"].toSorted()[0] ?? "")
		.toSorted();
	const lastEnd = ends.at(-1);
	if (lastEnd !== undefined && lastEnd < options.today)
		assumed.push({ entry, what: `it never opens: its schedules ended, the last on ${lastEnd}` });
	const address = addressOf(location, entry, leftOut);
	if (address === undefined && !own) assumed.push({ entry, what: `no address is given: "${NO_ADDRESS}"` });
	if (!own?.entry) assumed.push({ entry, what: "one counter, and a day that begins at 00:00" });
	const made = {
		...{ id, organization_id: organization, kind: "service-centre", example: false, timezone: open.timezone },
		...{ counters: ["1"], schedules: open.schedules, ...placeOf(location, entry, leftOut) },
		...datesOf(elsewhere, options.today),
	};
	draft.put("locations", { ...(own?.entry ?? made), schedules: open.schedules }, own, {
		name: shorten(name, 90, entry, "name", assumed),
		short_name: shorten(location.alternate_name ?? name, 44, entry, "alternate_name", assumed),
		address: shorten(address ?? NO_ADDRESS, 160, entry, "address", assumed),
	});
}

const NO_ADDRESS = "Ask staff for the address";

/** The first address as one line. */
function addressOf({ addresses }: HsdsLocation, entry: string, leftOut: HsdsRemark[]): string | undefined {
	if (addresses.length > 1) leftOut.push({ entry, what: `${addresses.length - 1} further addresses.` });
	const [first] = addresses;
	if (!first) return undefined;
	const { address_1, address_2, city, region, state_province, postal_code, country } = first;
	const parts = [address_1, address_2, city, region, state_province, postal_code, country];
	return parts.filter((part) => part !== undefined).join(", ");
}

/** Returns the topic's id. */
function readService(to: Import, service: HsdsService, rank: number): string {
	const { draft, slugs, first, leftOut, assumed, options } = to;
	const entry = `service ${service.name}`;
	const own = ownOf(service.attributes);
	const id = own?.entry?.id ?? slugs.of("service", service.id, service.name);
	const earlier = first.get(`service ${id}`);
	if (earlier) nameOther(entry, service, earlier, leftOut);
	else first.set(`service ${id}`, service);
	nameUnused(entry, service, SERVICE_USED, leftOut);
	const documents = readDocuments(to, service, entry);
	if (!own?.entry) {
		const usual = `${USUAL_MINUTES} minutes, the series ${GROUP.series}, place ${rank} and a plain picture`;
		assumed.push({ entry, what: usual });
	}
	if (!service.organization)
		assumed.push({ entry, what: 'its organization is not in the file: "Unknown organization" stands in' });
	const organization = readOrganization(to, service.organization);
	draft.put("groups", own?.group?.entry ?? GROUP, own?.group, { name: "General" });
	draft.putDetails(own?.words ?? {});
	const made = {
		...{ id, organization_id: organization, group: GROUP.id, rank, icon: "info", minutes: USUAL_MINUTES },
		...{ status: service.status, ...datesOf(service, options.today) },
	};
	const uses = usesOf(own?.entry, documents);
	draft.put("services", { ...(own?.entry ?? made), organization_id: organization, required_documents: uses }, own, {
		name: shorten(service.name, 60, entry, "name", assumed),
		description: shorten(service.description ?? service.name, 240, entry, "description", assumed),
	});
	return id;
}

/** Returns the ids of the documents that the service requires. */
function readDocuments({ draft, slugs, leftOut, assumed }: Import, service: HsdsService, entry: string): string[] {
	return service.required_documents.flatMap(({ document, ...rest }) => {
		nameUnused(`${entry}, document ${document ?? "without a name"}`, rest, ["id", "attributes"], leftOut);
		if (document === undefined) return [];
		const own = ownOf(rest.attributes);
		const id = own?.entry?.id ?? slugs.of("document", document, document);
		const name = shorten(document, 110, entry, "document", assumed);
		draft.put("documents", { id }, own, { name });
		// Without one the document would be left out: nobody could ask for it at a counter.
		if (draft.nameInChinese(id, name))
			assumed.push({ entry, what: `the document "${name}" has no Chinese name: its own stands in` });
		return [id];
	});
}

/** The documents in the form that Paihao wrote down; a document that another program added or took away is so here too. */
function usesOf(own: Json | undefined, documents: readonly string[]): unknown[] {
	const parsed = z
		.object({ required_documents: documentUsesSchema, question: questionSchema.optional().catch(undefined) })
		.safeParse(own);
	if (!parsed.success) return [...documents];
	const known = new Set(documentUsesOf(parsed.data).map(({ document }) => document));
	return [
		...parsed.data.required_documents.filter(({ document }) => documents.includes(document)),
		...documents.filter((document) => !known.has(document)),
	];
}

/** A site's hours where its location has none: of the service at it, or of the service everywhere. */
function schedulesFor(location: HsdsLocation, service: HsdsService | undefined) {
	const at = service?.service_at_locations.find((one) => one.location?.id === location.id);
	return at && at.schedules.length > 0 ? at.schedules : (service?.schedules ?? []);
}

/** HSDS gives a service hours of its own; in a catalogue all topics of a site have the site's. */
function nameOtherHours(
	{ leftOut }: Import,
	location: HsdsLocation,
	service: HsdsService | undefined,
	counted: readonly HsdsSchedule[],
): void {
	if (!service) return;
	const at = service.service_at_locations.find((one) => one.location?.id === location.id);
	const hasOthers = [at?.schedules ?? [], service.schedules].some(
		(schedules) => schedules.length > 0 && contentOf(schedules) !== contentOf(counted),
	);
	if (!hasOthers) return;
	const what = `its own schedules at ${location.name ?? location.id}: the site's hours count`;
	leftOut.push({ entry: `service ${service.name}`, what });
}

const contentOf = (schedules: readonly HsdsSchedule[]) => JSON.stringify(schedules.map(({ id: _, ...rest }) => rest));

const SERVICE_USED = [
	...["id", "name", "description", "status", "url", "assured_date", "organization", "organization_id"],
	...["required_documents", "service_at_locations", "schedules", "attributes"],
];
const LOCATION_USED = [
	...["id", "name", "alternate_name", "location_type", "latitude", "longitude", "addresses", "schedules", "attributes"],
];
const ORGANIZATION_USED = ["id", "name", "phones", "attributes"];
/** What writeHsds says in HSDS's words of what its attribute has. */
const OWN_WORDS = ["description"];

function placeOf({ latitude, longitude }: HsdsLocation, entry: string, leftOut: HsdsRemark[]): Json {
	if (latitude === undefined || longitude === undefined) return {};
	if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
	leftOut.push({ entry, what: `latitude ${latitude} and longitude ${longitude} are no place on the earth` });
	return {};
}

function datesOf(service: HsdsService | undefined, today: string): Json {
	const confirm = new Date(Date.parse(`${today}T00:00Z`) + CONFIRM_DAYS * 86_400_000).toISOString().slice(0, 10);
	return { source: service?.url ?? "HSDS file", assured_date: service?.assured_date ?? today, confirm_by: confirm };
}
