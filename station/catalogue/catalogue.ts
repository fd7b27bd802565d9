import type { Keywords, OtherSite, Site, Topic, TopicAtOtherSites } from "../../protocol/api/board.ts";
import { documentUsesOf } from "../../protocol/catalogue/service-details.ts";
import type { TranslatedEntity, TranslatedField } from "../../protocol/catalogue/translations.ts";
import type { CounterNumber, SiteId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Opening } from "../../protocol/model/opening.ts";
import type { Wait, WaitStatus } from "../../protocol/model/ticket.ts";
import type { StoredCatalogue, StoredService } from "./catalogue-repository.ts";
import { isPastConfirmBy } from "./confirm-by.ts";
import { lastClosing, openingAt } from "./opening-hours.ts";
import { byUse, distance, placeOf } from "./other-sites.ts";
import { pinyinOf } from "./pinyin.ts";

export interface Catalogue {
	/** A topic that this site offers, with the letter of its series. */
	service(id: TopicId): StoredService | undefined;
	/** The topics that this site offers, in the catalogue's order. */
	readonly topicIds: readonly TopicId[];
	/** A topic that this or another site offers. */
	serviceAnywhere(id: TopicId): StoredService | undefined;
	/** The hotline for questions about a topic. */
	hotline(service: StoredService): string | undefined;
	/** Words that may be missing without a gap. */
	optionalText(entity: TranslatedEntity, id: string, language: Language, field: TranslatedField): string | undefined;
	/** What finds each topic in the kiosk's search beside its name. */
	keywords(language: Language): Readonly<Record<string, Keywords>>;
	/** Topics of this site that are past their confirm_by date. */
	outdatedTopics(now: number): TopicId[];
	/** Whether another site offers it. */
	isOfferedAtOtherSites(topic: TopicId): boolean;
	/** The site's hours, and when it closes for the day; null on a day without hours. */
	hours(now: number): Opening & { lastClosing: number | null };
	site(language: Language, now: number): Site;
	/** `takenOf` tells whether tickets of a topic are given now. */
	topics(
		language: Language,
		aheadOf: (topic: TopicId) => { people: number; wait: Wait | null; status: WaitStatus },
		supplyOf: (topic: TopicId) => Pick<Topic, "availability" | "left">,
	): Topic[];
	/** The topics that only other sites offer. */
	topicsAtOtherSites(language: Language): TopicAtOtherSites[];
	/** The other sites that offer a topic: those that are open first, then the nearer (byUse). Queues are not known here. */
	otherSites(topic: TopicId, language: Language, now: number): OtherSite[];
	/** Words in a language; where they are missing, English, then Chinese, and the gap is reported once. */
	translate(entity: TranslatedEntity, id: string, language: Language, field: TranslatedField): string;
	/** The texts that `words` has given in another language than the asked one, each with its own. */
	fallbacks(language: Language): Readonly<Record<string, Language>>;
	readonly clock: { id: SiteId; timezone: string; dayStartsAt: string };
	readonly counters: readonly CounterNumber[];
}

/** The catalogue as one site's station uses it. `gap` hears of words that are missing. */
export function openCatalogue(stored: StoredCatalogue, gap: (what: string) => void): Catalogue {
	const { location, services } = stored;
	const byId = new Map(services.map((service) => [service.id, service]));
	const atOtherSites = new Map(stored.servicesAtOtherSites.map((service) => [service.id, service]));
	const reported = new Set<string>();
	const fallbacks = new Map<Language, Readonly<Record<string, Language>>>();

	// Hours begin and end with a minute, and are asked for with every ticket.
	let known: { minute: number; hours: ReturnType<Catalogue["hours"]> } | undefined;
	const hours: Catalogue["hours"] = (now) => {
		const minute = Math.floor(now / 60_000);
		if (known?.minute !== minute) {
			const { timezone, schedules, exceptions } = location;
			const closing = lastClosing(now, timezone, schedules, exceptions);
			known = { minute, hours: { ...openingAt(now, timezone, schedules, exceptions), lastClosing: closing } };
		}
		return known.hours;
	};

	const translations = (entity: TranslatedEntity, id: string, language: Language, field: TranslatedField): string => {
		const found = stored.word(entity, id, language, field);
		if (found !== undefined) return found;
		const what = `${entity} ${id} (${field}) in ${language}`;
		if (!reported.has(what)) {
			reported.add(what);
			gap(what);
		}
		const inEnglish = stored.word(entity, id, "en", field);
		const text = inEnglish ?? stored.word(entity, id, "zh-Hans", field) ?? id;
		fallbacks.set(language, { ...fallbacks.get(language), [text]: inEnglish === undefined ? "zh-Hans" : "en" });
		return text;
	};

	const namesOf = (service: StoredService, language: Language): TopicAtOtherSites => ({
		id: service.id,
		name: translations("service", service.id, language, "name"),
		nameChinese: translations("service", service.id, "zh-Hans", "name"),
		reading: stored.word("service", service.id, language, "reading") ?? null,
		group: {
			id: service.group,
			name: translations("topic_group", service.group, language, "name"),
			series: service.series,
		},
		rank: service.rank,
		icon: service.icon,
	});

	return {
		service: (id) => byId.get(id),
		serviceAnywhere: (id) => byId.get(id) ?? atOtherSites.get(id),
		hotline: ({ details, organizationId }) => details.phone ?? stored.phone(organizationId),
		optionalText: stored.word,
		outdatedTopics: (now) =>
			services.filter((service) => isPastConfirmBy(service, now, location.timezone)).map(({ id }) => id),
		keywords: (language) =>
			Object.fromEntries(
				[...services, ...stored.servicesAtOtherSites].map((service) => [
					service.id,
					keywordsOf(stored, service, language),
				]),
			),
		topicIds: services.map(({ id }) => id),
		isOfferedAtOtherSites: (topic) => stored.others(topic).length > 0,
		hours,
		translate: translations,
		fallbacks: (language) => fallbacks.get(language) ?? {},
		clock: { id: location.id, timezone: location.timezone, dayStartsAt: location.dayStartsAt },
		counters: location.counters,
		site(language, now) {
			const { lastClosing: _, ...opening } = hours(now);
			return {
				id: location.id,
				name: translations("location", location.id, language, "name"),
				shortName: translations("location", location.id, language, "short_name"),
				shortNameChinese: translations("location", location.id, "zh-Hans", "short_name"),
				address: translations("location", location.id, language, "address"),
				example: location.example,
				timezone: location.timezone,
				counters: location.counters,
				...opening,
			};
		},
		topicsAtOtherSites: (language) => stored.servicesAtOtherSites.map((service) => namesOf(service, language)),
		otherSites: (topic, language, now) =>
			stored
				.others(topic)
				.map(({ id, timezone, schedules, exceptions, example, ...place }) => ({
					id,
					example,
					name: translations("location", id, language, "name"),
					nameChinese: translations("location", id, "zh-Hans", "name"),
					address: translations("location", id, language, "address"),
					addressChinese: translations("location", id, "zh-Hans", "address"),
					timezone,
					...openingAt(now, timezone, schedules, exceptions),
					place: placeOf(place),
					queue: null,
					kilometres: distance(location, place),
				}))
				.toSorted(byUse)
				.map(({ kilometres: _, ...site }) => site),
		topics: (language, aheadOf, supplyOf) =>
			services.map((service) => ({
				...namesOf(service, language),
				description: translations("service", service.id, language, "description"),
				minutes: service.minutes,
				handledBy: translations("organization", service.organizationId, language, "name"),
				requiredDocuments: service.documents.map((id) => ({
					id,
					name: translations("document", id, language, "name"),
				})),
				needsDocuments: service.documents.length > 0 || service.details.question !== undefined,
				...supplyOf(service.id),
				...toTopicWait(aheadOf(service.id)),
				source: service.source,
				assuredDate: service.assuredDate,
				confirmBy: service.confirmBy,
			})),
	};
}

/** Everyday words of a topic in a language, and the names of its documents: people search for those too. */
function keywordsOf(stored: StoredCatalogue, service: StoredService, language: Language): Keywords {
	const wordsIn = (tag: Language) => stored.word("service", service.id, tag, "keywords")?.split("\n") ?? [];
	const pinyin = language === "zh-Hans" ? [] : pinyinOf(wordsIn("zh-Hans"));
	const { documentUses, details } = service;
	const documents = documentUsesOf({ required_documents: documentUses, question: details.question }).flatMap(
		({ document }) => [
			stored.word("document", document, language, "name") ?? [],
			stored.word("document", document, language, "reading") ?? [],
		],
	);
	return { words: wordsIn(language), documents: [...new Set(documents.flat())], pinyin };
}

function toTopicWait({ people, wait, status }: { people: number; wait: Wait | null; status: WaitStatus }) {
	return { ahead: people, wait, waitStatus: status };
}
