import type { Opening, OtherSite, Site, Topic, TopicElsewhere } from "../../protocol/api/board.ts";
import type { WordEntity, WordField } from "../../protocol/catalogue/translations.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Wait } from "../../protocol/model/ticket.ts";
import type { StoredCatalogue, StoredService } from "./catalogue-repository.ts";
import { lastClosing, openingAt } from "./opening-hours.ts";
import { byUse, distance, placeOf } from "./other-sites.ts";

export interface Catalogue {
	/** A topic that this site offers, with the letter of its series. */
	service(id: string): StoredService | undefined;
	/** The topics that this site offers, in the catalogue's order. */
	readonly topicIds: readonly string[];
	/** Whether another site offers it. */
	isOfferedElsewhere(topic: string): boolean;
	/** The site's hours, and when it closes for the day; null on a day without hours. */
	hours(now: number): Opening & { lastClosing: number | null };
	site(language: Language, now: number): Site;
	/** `takenOf` tells whether tickets of a topic are given now. */
	topics(
		language: Language,
		ahead: { people: number; wait: Wait },
		takenOf: (topic: string) => Topic["taken"],
	): Topic[];
	/** The topics that only other sites offer. */
	topicsElsewhere(language: Language): TopicElsewhere[];
	/** The other sites that offer a topic: those that are open first, then the nearer (byUse). Queues are not known here. */
	elsewhere(topic: string, language: Language, now: number): OtherSite[];
	/** Words in a language; where they are missing, English, then Chinese, and the gap is reported once. */
	words(entity: WordEntity, id: string, language: Language, field: WordField): string;
	/** The texts that `words` has given in another language than the asked one, each with its own. */
	standIns(language: Language): Readonly<Record<string, Language>>;
	readonly clock: { id: string; timezone: string; dayStartsAt: string };
	readonly counters: readonly string[];
}

/** The catalogue as one site's station uses it. `gap` hears of words that are missing. */
export function openCatalogue(stored: StoredCatalogue, gap: (what: string) => void): Catalogue {
	const { location, services } = stored;
	const byId = new Map(services.map((service) => [service.id, service]));
	const reported = new Set<string>();
	const standIns = new Map<Language, Readonly<Record<string, Language>>>();

	// Hours begin and end with a minute, and are asked for with every ticket.
	let known: { minute: number; hours: ReturnType<Catalogue["hours"]> } | undefined;
	const hours: Catalogue["hours"] = (now) => {
		const minute = Math.floor(now / 60_000);
		if (known?.minute !== minute) {
			const { timezone, schedules } = location;
			const closing = lastClosing(now, timezone, schedules);
			known = { minute, hours: { ...openingAt(now, timezone, schedules), lastClosing: closing } };
		}
		return known.hours;
	};

	const words = (entity: WordEntity, id: string, language: Language, field: WordField): string => {
		const found = stored.word(entity, id, language, field);
		if (found !== undefined) return found;
		const what = `${entity} ${id} (${field}) in ${language}`;
		if (!reported.has(what)) {
			reported.add(what);
			gap(what);
		}
		const inEnglish = stored.word(entity, id, "en", field);
		const text = inEnglish ?? stored.word(entity, id, "zh-Hans", field) ?? id;
		standIns.set(language, { ...standIns.get(language), [text]: inEnglish === undefined ? "zh-Hans" : "en" });
		return text;
	};

	const namesOf = (service: StoredService, language: Language): TopicElsewhere => ({
		id: service.id,
		name: words("service", service.id, language, "name"),
		nameChinese: words("service", service.id, "zh-Hans", "name"),
		reading: stored.word("service", service.id, language, "reading") ?? null,
		group: {
			id: service.group,
			name: words("topic_group", service.group, language, "name"),
			series: service.series,
		},
		rank: service.rank,
		icon: service.icon,
	});

	return {
		service: (id) => byId.get(id),
		topicIds: services.map(({ id }) => id),
		isOfferedElsewhere: (topic) => stored.others(topic).length > 0,
		hours,
		words,
		standIns: (language) => standIns.get(language) ?? {},
		clock: { id: location.id, timezone: location.timezone, dayStartsAt: location.dayStartsAt },
		counters: location.counters,
		site(language, now) {
			const { lastClosing: _, ...opening } = hours(now);
			return {
				id: location.id,
				name: words("location", location.id, language, "name"),
				shortName: words("location", location.id, language, "short_name"),
				shortNameChinese: words("location", location.id, "zh-Hans", "short_name"),
				address: words("location", location.id, language, "address"),
				example: location.example,
				timezone: location.timezone,
				counters: location.counters,
				...opening,
			};
		},
		topicsElsewhere: (language) => stored.servicesElsewhere.map((service) => namesOf(service, language)),
		elsewhere: (topic, language, now) =>
			stored
				.others(topic)
				.map(({ id, timezone, schedules, example, ...place }) => ({
					id,
					example,
					name: words("location", id, language, "name"),
					nameChinese: words("location", id, "zh-Hans", "name"),
					address: words("location", id, language, "address"),
					addressChinese: words("location", id, "zh-Hans", "address"),
					timezone,
					...openingAt(now, timezone, schedules),
					place: placeOf(place),
					queue: null,
					kilometres: distance(location, place),
				}))
				.toSorted(byUse)
				.map(({ kilometres: _, ...site }) => site),
		topics: (language, { people, wait }, takenOf) =>
			services.map((service) => ({
				...namesOf(service, language),
				description: words("service", service.id, language, "description"),
				minutes: service.minutes,
				handledBy: words("organization", service.organizationId, language, "name"),
				requiredDocuments: service.documents.map((id) => ({ id, name: words("document", id, language, "name") })),
				needsDocuments: service.documents.length > 0,
				taken: takenOf(service.id),
				ahead: people,
				wait,
				source: service.source,
				assuredDate: service.assuredDate,
				confirmBy: service.confirmBy,
			})),
	};
}
