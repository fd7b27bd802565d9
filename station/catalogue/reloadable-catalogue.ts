import type { Catalogue } from "./catalogue.ts";

/**
 * A catalogue that another takes the place of while the station runs: topics, words and hours change at once. Its
 * clock (time zone and turn of the day) and so the numbers' series of a day stay as they were until the next start.
 */
export interface ReloadableCatalogue extends Catalogue {
	replace(next: Catalogue): void;
}

export function openReloadableCatalogue(first: Catalogue): ReloadableCatalogue {
	let current = first;
	return {
		replace(next) {
			current = next;
		},
		service: (id) => current.service(id),
		serviceAnywhere: (id) => current.serviceAnywhere(id),
		hotline: (service) => current.hotline(service),
		outdatedTopics: (now) => current.outdatedTopics(now),
		keywords: (language) => current.keywords(language),
		optionalText: (entity, id, language, field) => current.optionalText(entity, id, language, field),
		get topicIds() {
			return current.topicIds;
		},
		isOfferedAtOtherSites: (topic) => current.isOfferedAtOtherSites(topic),
		hours: (now) => current.hours(now),
		topicsAtOtherSites: (language) => current.topicsAtOtherSites(language),
		site: (language, now) => current.site(language, now),
		topics: (language, ahead, supplyOf) => current.topics(language, ahead, supplyOf),
		otherSites: (topic, language, now) => current.otherSites(topic, language, now),
		translate: (entity, id, language, field) => current.translate(entity, id, language, field),
		fallbacks: (language) => current.fallbacks(language),
		clock: first.clock,
		get counters() {
			return current.counters;
		},
	};
}
