import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import { languageSchema } from "../../protocol/model/language-schema.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { StoredService } from "../catalogue/catalogue-repository.ts";
import { Refusal } from "../refusal.ts";

/** What a request names must be known to the station: what is not, is refused. */

export function requireLanguage(tag: string): Language {
	const language = languageSchema.safeParse(tag);
	if (!language.success) throw new Refusal("LANGUAGE_UNKNOWN", { language: tag });
	return language.data;
}

export function requireCounter(catalogue: Catalogue, counter: CounterNumber): void {
	if (!catalogue.counters.includes(counter)) {
		throw new Refusal("COUNTER_UNKNOWN", { counter, counters: catalogue.counters });
	}
}

export function requireTopic(catalogue: Catalogue, topic: TopicId): StoredService {
	const service = catalogue.service(topic);
	if (!service) throw new Refusal("TOPIC_UNKNOWN", { topic });
	return service;
}

/** Topics that this site or another offers, each once. */
export function requireServices(catalogue: Catalogue, topics: readonly TopicId[]): StoredService[] {
	return [...new Set(topics)].map((topic) => {
		const service = catalogue.serviceAnywhere(topic);
		if (!service) throw new Refusal("TOPIC_UNKNOWN", { topic });
		return service;
	});
}

/** A topic that this site or another offers. */
export function requireTopicAnywhere(catalogue: Catalogue, topic: TopicId): void {
	if (!catalogue.service(topic) && !catalogue.isOfferedAtOtherSites(topic))
		throw new Refusal("TOPIC_UNKNOWN", { topic });
}
