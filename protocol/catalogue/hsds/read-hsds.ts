import { z } from "zod";
import type { CatalogueBody } from "../../documents/signed-document.ts";
import { LANGUAGES, type Language } from "../../model/language.ts";
import { CATALOGUE_FILES } from "../catalogue.ts";
import { documentUsesOf, documentUsesSchema, questionSchema } from "../service-details.ts";
import { flatten } from "./flatten.ts";
import { readSchedules } from "./read-schedules.ts";
import {
	type HsdsLocation,
	type HsdsOrganization,
	type HsdsRemark,
	type HsdsService,
	type hsdsAttributeSchema,
	OWN_ATTRIBUTE,
} from "./shapes.ts";
import { openSlugs } from "./slugs.ts";

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

type Json = Record<string, unknown>;
type Entities = "organizations" | "groups" | "services" | "documents" | "locations";
/** What services refer to by id. */
type Details = "questions" | "options" | "steps";
type Texts = Record<Entities | Details, Record<string, Json>>;

/**
 * Turns an HSDS 3 file into a catalogue. What Paihao wrote itself comes back whole, from its own attribute; from others
 * comes what both know, and `leftOut` and `assumed` name the rest. Nothing is dropped in silence.
 */
export function readHsds(json: unknown, options: HsdsReadOptions): HsdsImport {
	const leftOut: HsdsRemark[] = [];
	const assumed: HsdsRemark[] = [];
	const { services, locations } = flatten(json, leftOut);
	const files = {
		organizations: new Map(),
		groups: new Map(),
		services: new Map(),
		documents: new Map(),
		locations: new Map(),
	};
	const texts = Object.fromEntries(LANGUAGES.map((language) => [language, emptyTexts()])) as Record<Language, Texts>;
	const slugs = openSlugs();
	for (const { attributes } of [...services, ...locations]) {
		const id = ownOf(attributes)?.entry?.id;
		if (id !== undefined) slugs.reserve(id);
	}
	/** The entity of the file that an entry was made of. */
	const firstOf = new Map<unknown, object>();
	const put = (kind: Entities, entry: Json, own: OwnValue | undefined, words: Json | undefined) => {
		const id = String(entry.id);
		if (!files[kind].has(id)) files[kind].set(id, entry);
		for (const [language, translation] of Object.entries(own?.translations ?? {}))
			if (isLanguage(language)) texts[language][kind][id] ??= translation;
		if (words && Object.keys(own?.translations ?? {}).length === 0) texts[options.language][kind][id] ??= words;
	};

	const readOrganization = (organization: HsdsOrganization | undefined): string => {
		if (!organization)
			return readOrganization({ id: "unknown", name: "Unknown organization", phones: [], attributes: [] });
		const entry = `organization ${organization.name}`;
		const own = ownOf(organization.attributes);
		const id = own?.entry?.id ?? slugs.of("organization", organization.id, organization.name);
		nameUnused(entry, organization, own ? [...ORGANIZATION_USED, ...OWN_WORDS] : ORGANIZATION_USED, leftOut);
		const phone = organization.phones[0]?.number?.replaceAll('"', "");
		if (organization.phones.length > 1)
			leftOut.push({ entry, what: `${organization.phones.length - 1} further telephone numbers.` });
		put("organizations", own?.entry ?? { id, ...(phone !== undefined && { phone }) }, own, {
			name: shorten(organization.name, 90, entry, "name", assumed),
		});
		return String(id);
	};

	const readLocation = (location: HsdsLocation, topic: string | undefined, elsewhere: HsdsService | undefined) => {
		const name = location.name ?? location.id;
		const entry = `location ${name}`;
		const own = ownOf(location.attributes);
		const id = String(own?.entry?.id ?? slugs.of("location", location.id, name));
		const known = files.locations.get(id);
		if (known) {
			nameOther(entry, location, firstOf.get(known), leftOut);
			if (topic !== undefined && !known.services.includes(topic)) known.services.push(topic);
			return;
		}
		nameUnused(entry, location, own ? [...LOCATION_USED, ...OWN_WORDS] : LOCATION_USED, leftOut);
		const organization = readOrganization(elsewhere?.organization);
		const schedules = location.schedules.length > 0 ? location.schedules : schedulesFor(location, elsewhere);
		const hours = readSchedules(
			schedules,
			{ entry, timezone: own?.entry ? String(own.entry.timezone) : options.timezone },
			leftOut,
		);
		const address = location.addresses[0];
		if (location.addresses.length > 1)
			leftOut.push({ entry, what: `${location.addresses.length - 1} further addresses.` });
		const line = address
			? [
					address.address_1,
					address.address_2,
					address.city,
					address.region,
					address.state_province,
					address.postal_code,
					address.country,
				]
					.filter((part) => part !== undefined)
					.join(", ")
			: "Ask staff for the address";
		if (!address && !own) assumed.push({ entry, what: `no address is given: "${line}"` });
		if (!own?.entry) assumed.push({ entry, what: "one counter, and a day that begins at 00:00" });
		const made = {
			...{ id, organization_id: organization, kind: "service-centre", example: false, timezone: hours.timezone },
			...{ counters: ["1"], schedules: hours.schedules, ...placeOf(location, entry, leftOut) },
			...datesOf(elsewhere, options.today),
		};
		const shortName = location.alternate_name ?? name;
		put(
			"locations",
			{ ...(own?.entry ?? made), schedules: hours.schedules, services: topic === undefined ? [] : [topic] },
			own,
			{
				name: shorten(name, 90, entry, "name", assumed),
				short_name: shorten(shortName, 44, entry, "alternate_name", assumed),
				address: shorten(line, 160, entry, "address", assumed),
			},
		);
		firstOf.set(files.locations.get(id), location);
	};

	for (const [index, service] of services.entries()) {
		const entry = `service ${service.name}`;
		const own = ownOf(service.attributes);
		const id = String(own?.entry?.id ?? slugs.of("service", service.id, service.name));
		const known = files.services.get(id);
		if (known) nameOther(entry, service, firstOf.get(known), leftOut);
		nameUnused(entry, service, SERVICE_USED, leftOut);
		const documents = service.required_documents.flatMap(({ document, ...rest }) => {
			nameUnused(`${entry}, document ${document ?? "without a name"}`, rest, ["id", "attributes"], leftOut);
			if (document === undefined) return [];
			const documentOwn = ownOf(rest.attributes);
			const documentId = String(documentOwn?.entry?.id ?? slugs.of("document", document, document));
			const name = shorten(document, 110, entry, "document", assumed);
			put("documents", { id: documentId }, documentOwn, { name });
			if (!texts["zh-Hans"].documents[documentId]) {
				// Without one the document would be left out: nobody could ask for it at a counter.
				texts["zh-Hans"].documents[documentId] = { name };
				assumed.push({ entry, what: `the document "${name}" has no Chinese name: its own stands in` });
			}
			return [documentId];
		});
		if (!own?.entry)
			assumed.push({
				entry,
				what: `${USUAL_MINUTES} minutes, the series ${GROUP.series}, place ${index + 1} and a plain picture`,
			});
		if (!service.organization)
			assumed.push({ entry, what: 'its organization is not in the file: "Unknown organization" stands in' });
		const organization = readOrganization(service.organization);
		const group = own?.group;
		put("groups", group?.entry ?? GROUP, group, { name: "General" });
		const made = {
			...{ id, organization_id: organization, group: GROUP.id, rank: index + 1, icon: "info", minutes: USUAL_MINUTES },
			...{ status: service.status, ...datesOf(service, options.today) },
		};
		for (const [kind, entries] of Object.entries(own?.words ?? {}))
			for (const [wordId, translations] of Object.entries(entries))
				for (const [language, translation] of Object.entries(translations))
					if (isLanguage(language)) texts[language][kind as Details][wordId] ??= translation;
		const uses = usesOf(own?.entry, documents);
		put("services", { ...(own?.entry ?? made), organization_id: organization, required_documents: uses }, own, {
			name: shorten(service.name, 60, entry, "name", assumed),
			description: shorten(service.description ?? service.name, 240, entry, "description", assumed),
		});
		if (!known) firstOf.set(files.services.get(id), service);
		for (const { location } of service.service_at_locations) if (location) readLocation(location, id, service);
	}
	for (const location of locations) readLocation(location, undefined, undefined);

	const { translations, ...lists } = CATALOGUE_FILES;
	const body = Object.fromEntries([
		...Object.entries(lists).map(([kind, file]) => [file, [...files[kind as Entities].values()]]),
		...LANGUAGES.map((language) => [translations[language], texts[language]]),
	]) as CatalogueBody;
	return { body, leftOut, assumed };
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

/** Names the members that have no place in a catalogue. */
function nameUnused(entry: string, found: object, used: readonly string[], leftOut: HsdsRemark[]): void {
	const names = Object.entries(found).flatMap(([name, value]) =>
		used.includes(name) || value === undefined || value === null || value === "" ? [] : [name],
	);
	const known = leftOut.some((one) => one.entry === entry && one.what.startsWith("no place for"));
	if (names.length > 0 && !known) leftOut.push({ entry, what: `no place for ${names.join(", ")}` });
}

/** Names an entity that has the id of another one but is not the same: the first one counts. */
function nameOther(entry: string, found: object, first: object | undefined, leftOut: HsdsRemark[]): void {
	const names = Object.entries(found).flatMap(([name, value]) =>
		first && name !== "service_at_locations" && JSON.stringify(value) !== JSON.stringify(Reflect.get(first, name))
			? [name]
			: [],
	);
	if (names.length > 0)
		leftOut.push({ entry, what: `Its id is there twice, with another ${names.join(", ")}: the first counts.` });
}

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

function shorten(text: string, most: number, entry: string, member: string, assumed: HsdsRemark[]): string {
	const plain = text.replaceAll(/\s+/g, " ").trim();
	if (plain.length <= most) return plain;
	assumed.push({ entry, what: `its ${member} is cut to ${most} characters` });
	return `${plain.slice(0, most - 1).trimEnd()}…`;
}

const entryValueSchema = z.looseObject({ id: z.string() });
const translationsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const ownValueSchema = z.object({
	entry: entryValueSchema.optional(),
	translations: translationsSchema.optional(),
	/** Of a service: the group of its series. */
	group: z.object({ entry: entryValueSchema, translations: translationsSchema.optional() }).optional(),
	/** Of a service: the texts of its questions, options and steps. */
	words: z
		.partialRecord(z.enum(["questions", "options", "steps"]), z.record(z.string(), translationsSchema))
		.optional(),
});
type OwnValue = Pick<z.infer<typeof ownValueSchema>, "entry" | "translations">;

/** What Paihao itself wrote about an entity; undefined where another program did, or where it cannot be read. */
function ownOf(attributes: unknown): z.infer<typeof ownValueSchema> | undefined {
	const found = (Array.isArray(attributes) ? attributes : []).find(
		(one: z.infer<typeof hsdsAttributeSchema>) => one.taxonomy_term?.code === OWN_ATTRIBUTE,
	);
	if (typeof found?.value !== "string") return undefined;
	try {
		return ownValueSchema.parse(JSON.parse(found.value));
	} catch {
		return undefined;
	}
}

const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

const emptyTexts = (): Texts => ({
	...{ organizations: {}, groups: {}, services: {}, documents: {}, locations: {} },
	...{ questions: {}, options: {}, steps: {} },
});
