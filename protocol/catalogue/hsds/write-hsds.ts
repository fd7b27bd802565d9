import type { CatalogueBody } from "../../documents/signed-document.ts";
import { LANGUAGES, type Language } from "../../model/language.ts";
import { CATALOGUE_FILES, type Location, type Organization, type Service, type TopicGroup } from "../catalogue.ts";
import { type CheckedCatalogue, checkCatalogue, fileReader } from "../check-catalogue.ts";
import type { Schedule } from "../schedule.ts";
import { documentUsesOf } from "../service-details.ts";
import type { TranslatedEntity } from "../translations.ts";
import { offsetHours } from "./read-schedules.ts";
import { type HsdsRemark, OWN_ATTRIBUTE } from "./shapes.ts";

export interface HsdsExport {
	/** A page of services as HSDS's API gives it, each with its organization, documents, locations and hours. */
	page: object;
	/** What HSDS 3 cannot say: in Paihao's own attribute alone, or not at all. */
	leftOut: HsdsRemark[];
}

export interface HsdsWriteOptions {
	language: Language;
	/** A stable UUID for a text: HSDS's ids are UUIDs, a catalogue's are slugs. */
	uuidOf(text: string): string;
}

/**
 * A catalogue as HSDS 3. What HSDS has no member for (series, minutes, counters, exception days, the other languages) is
 * in one attribute of each entity, whose taxonomy term has the code "paihao", so that readHsds gives the same catalogue
 * back and other programs pass it over.
 */
export function writeHsds(body: CatalogueBody, { language, uuidOf }: HsdsWriteOptions): HsdsExport {
	const catalogue = checkCatalogue(fileReader(withEveryTopic(body)));
	const leftOut = catalogue.rejected.map(({ file, entry, reason }) => ({ entry: `${file}, ${entry}`, what: reason }));
	const words = wordsOf(catalogue);
	const text = (entity: TranslatedEntity, id: string, field: string) =>
		String(words(entity, id)[language]?.[field] ?? words(entity, id).en?.[field] ?? id);
	const statusOf = new Map(rawServices(body).map((one) => [one.id, one.status]));

	const attribute = (kind: string, id: string, value: object) => ({
		id: uuidOf(`attribute ${kind} ${id}`),
		link_id: uuidOf(`${kind} ${id}`),
		link_entity: kind,
		link_type: "own_fields",
		value: JSON.stringify(value),
		taxonomy_term: {
			id: uuidOf(`taxonomy term ${OWN_ATTRIBUTE}`),
			code: OWN_ATTRIBUTE,
			name: "Fields of Paihao",
			description: "What Paihao, the queue for front desks, knows of this entry and HSDS has no member for. JSON.",
		},
	});

	const organizationOf = (organization: Organization) => {
		const { id, phone } = organization;
		const name = text("organization", id, "name");
		return {
			...{ id: uuidOf(`organization ${id}`), name, description: name },
			...(phone !== undefined && { phones: [{ id: uuidOf(`phone ${id}`), number: phone }] }),
			attributes: [attribute("organization", id, { entry: organization, translations: words("organization", id) })],
		};
	};

	const locationOf = ({ schedules, services: _, ...location }: Location) => {
		const { id, timezone, latitude, longitude, exceptions } = location;
		const entry = `location ${id}`;
		if (exceptions.length > 0)
			leftOut.push({ entry, what: `${exceptions.length} exception days: HSDS has none, they are in the attribute` });
		return {
			...{ id: uuidOf(entry), location_type: "physical", name: text("location", id, "name") },
			alternate_name: text("location", id, "short_name"),
			description: text("location", id, "address"),
			...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
			schedules: schedules.flatMap((schedule, index) => {
				const written = scheduleOf(schedule, timezone);
				if (written) return [{ id: uuidOf(`schedule ${id} ${index}`), ...written }];
				leftOut.push({ entry, what: `a ${schedule.freq} schedule: HSDS has WEEKLY and MONTHLY ones` });
				return [];
			}),
			attributes: [attribute("location", id, { entry: location, translations: words("location", id) })],
		};
	};

	const serviceOf = (service: Service) => {
		const { id, organization_id, assured_date, group, url } = service;
		// Also those that only an answer asks for: HSDS knows no questions.
		const documents = [...new Set(documentUsesOf(service).map(({ document }) => document))];
		const status = statusOf.get(id) ?? "active";
		const organization = catalogue.organizations.find((one) => one.id === organization_id);
		const topicGroup = catalogue.groups.find((one) => one.id === group);
		return {
			...{ id: uuidOf(`service ${id}`), name: text("service", id, "name"), status, assured_date },
			description: text("service", id, "description"),
			...(organization && { organization: organizationOf(organization) }),
			...(url !== undefined && { url }),
			required_documents: documents.map((document) => ({
				id: uuidOf(`required document ${id} ${document}`),
				document: text("document", document, "name"),
				attributes: [
					attribute("required_document", document, {
						entry: { id: document },
						translations: words("document", document),
					}),
				],
			})),
			service_at_locations: catalogue.locations
				.filter(({ services }) => services.includes(id))
				.map((location) => ({ id: uuidOf(`service ${id} at ${location.id}`), location: locationOf(location) })),
			attributes: [
				attribute("service", id, {
					entry: { ...service, status },
					translations: words("service", id),
					...(topicGroup && { group: groupOf(topicGroup, words) }),
					words: wordsOfDetails(service, words),
				}),
			],
		};
	};

	const contents = catalogue.services.map(serviceOf);
	leftOut.push(
		{ entry: "every service", what: "series, minutes, rank and icon are in the attribute" },
		{ entry: "every location", what: "its address is its description; counters and time zone are in the attribute" },
		{ entry: "every text", what: `HSDS has one language, here ${language}; the others are in the attribute` },
	);
	const page = {
		...{ total_items: contents.length, total_pages: 1, page_number: 1, size: contents.length },
		...{ first_page: true, last_page: true, empty: contents.length === 0, contents },
	};
	return { page, leftOut: unique(leftOut) };
}

const groupOf = (group: TopicGroup, words: Words) => ({ entry: group, translations: words("topic_group", group.id) });

type Words = (entity: TranslatedEntity, id: string) => Partial<Record<Language, Record<string, string | string[]>>>;

/** The texts of what a service refers to by id: its questions, their options, its steps and its fees. */
function wordsOfDetails({ question, steps = [], cost_options = [] }: Service, words: Words) {
	const questions = question ? [question, ...question.options.flatMap((option) => option.question ?? [])] : [];
	const options = [
		...questions.flatMap((one) => one.options.map(({ id }) => id)),
		...cost_options.flatMap(({ option }) => option ?? []),
	];
	const named = (entity: TranslatedEntity, ids: readonly string[]) =>
		Object.fromEntries([...new Set(ids)].map((id) => [id, words(entity, id)]));
	return {
		questions: named(
			"question",
			questions.map(({ id }) => id),
		),
		options: named("option", options),
		steps: named("step", steps),
	};
}

function wordsOf({ translations }: CheckedCatalogue): Words {
	return (entity, id) => {
		const own = translations.filter((one) => one.entity === entity && one.id === id);
		return Object.fromEntries(
			LANGUAGES.flatMap((language) => {
				const fields = own
					.filter((one) => one.language === language)
					.map(({ field, text }) => [field, field === "keywords" ? text.split("\n") : text]);
				return fields.length > 0 ? [[language, Object.fromEntries(fields)]] : [];
			}),
		);
	};
}

/** The services as the file has them, for the status that the check takes out. */
function rawServices(body: CatalogueBody): { id: string; status?: string }[] {
	const list = body[CATALOGUE_FILES.services];
	return Array.isArray(list) ? list : [];
}

/** A topic that is not offered now is exported too, with its status. */
function withEveryTopic(body: CatalogueBody): CatalogueBody {
	return {
		...body,
		[CATALOGUE_FILES.services]: rawServices(body).map((service) => ({ ...service, status: "active" })),
	};
}

const EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU";

/** HSDS 3.0 knows WEEKLY and MONTHLY, lists as one text, and a zone as hours from UTC. */
function scheduleOf(schedule: Schedule, timezone: string): object | undefined {
	const { freq, interval, byday, bymonthday, byyearday, byweekno, ...same } = schedule;
	const isEveryDay = freq === "DAILY" && (interval ?? 1) === 1 && byday === undefined;
	if (freq !== "WEEKLY" && freq !== "MONTHLY" && !isEveryDay) return undefined;
	const offsets = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].map((at) => offsetHours(at, timezone));
	return {
		freq: isEveryDay ? "WEEKLY" : freq,
		...(isEveryDay && { byday: EVERY_DAY }),
		...(byday && { byday: byday.join(",") }),
		...(bymonthday && { bymonthday: bymonthday.join(",") }),
		...(byyearday && { byyearday: byyearday.join(",") }),
		...(byweekno && { byweekno: byweekno.join(",") }),
		...(interval !== undefined && { interval }),
		...same,
		// A zone with summer time has no one offset.
		...(offsets[0] === offsets[1] && { timezone: offsets[0] }),
	};
}

function unique(remarks: readonly HsdsRemark[]): HsdsRemark[] {
	const texts = new Set<string>();
	return remarks.filter((remark) => {
		const text = JSON.stringify(remark);
		if (texts.has(text)) return false;
		texts.add(text);
		return true;
	});
}
