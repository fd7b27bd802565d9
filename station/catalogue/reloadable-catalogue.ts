import type { Catalogue } from "./catalogue.ts";

/**
 * A catalogue that another takes the place of while the station runs: topics, words and hours change at once. Its
 * clock (time zone and turn of the day) and so the numbers' series of a day stay as they were until the next start.
 */
export interface ChangingCatalogue extends Catalogue {
	replace(next: Catalogue): void;
}

export function openChangingCatalogue(first: Catalogue): ChangingCatalogue {
	let current = first;
	return {
		replace(next) {
			current = next;
		},
		service: (id) => current.service(id),
		get topicIds() {
			return current.topicIds;
		},
		isOfferedElsewhere: (topic) => current.isOfferedElsewhere(topic),
		hours: (now) => current.hours(now),
		topicsElsewhere: (language) => current.topicsElsewhere(language),
		site: (language, now) => current.site(language, now),
		topics: (language, ahead, takenOf) => current.topics(language, ahead, takenOf),
		elsewhere: (topic, language, now) => current.elsewhere(topic, language, now),
		words: (entity, id, language, field) => current.words(entity, id, language, field),
		standIns: (language) => current.standIns(language),
		clock: first.clock,
		get counters() {
			return current.counters;
		},
	};
}
