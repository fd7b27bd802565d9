import type { TopicId } from "../../protocol/model/ids.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import { ListRefused, quoted, type Reason, reason, remark } from "./list-remark.ts";
import { foldHeading } from "./table-headings.ts";

/** A topic under a name that people write. */
export interface TopicName {
	id: TopicId;
	name: string;
}

/** The names of a site's topics in every language. */
export function topicNamesOf(
	topicIds: readonly TopicId[],
	word: (entity: "service", id: string, language: Language, field: "name") => string | undefined,
): TopicName[] {
	return topicIds.flatMap((id) =>
		LANGUAGES.flatMap((language) => {
			const name = word("service", id, language, "name");
			return name === undefined ? [] : [{ id, name }];
		}),
	);
}

export type FoundTopic = { kind: "topic"; id: TopicId } | { kind: "none"; why: Reason };

/** What a list's site says of topics (ListSite). */
interface TopicSite {
	topicIds: readonly TopicId[];
	topicNames?: readonly TopicName[] | undefined;
	topic?: string | undefined;
}

/** How a site's bookings get their topics. */
export interface ListTopics {
	/** Finds a topic by its id, else by one of its names, in any case, spacing and punctuation. */
	find(text: string): FoundTopic;
	/** That of bookings that name none, where the list was given one. */
	given: TopicId | undefined;
}

/** Throws ListRefused where the topic that the list was given is none of the site's. */
export function topicsOf({ topicIds, topicNames, topic }: TopicSite): ListTopics {
	const find = topicFinder(topicIds, topicNames);
	if (topic === undefined) return { find, given: undefined };
	const found = find(topic);
	if (found.kind === "none") throw new ListRefused("APPOINTMENTS_INVALID", [remark(null, found.why)]);
	return { find, given: found.id };
}

function topicFinder(topicIds: readonly TopicId[], names: readonly TopicName[] = []): ListTopics["find"] {
	const ids = new Map<string, TopicId>(topicIds.map((id) => [id, id]));
	const byName = new Map<string, Set<TopicId>>();
	for (const { id, name } of names) byName.set(foldHeading(name), (byName.get(foldHeading(name)) ?? new Set()).add(id));
	return (text) => {
		const id = ids.get(text.trim());
		if (id !== undefined) return { kind: "topic", id };
		const [found, another] = byName.get(foldHeading(text)) ?? [];
		if (another !== undefined) return { kind: "none", why: reason("topic-ambiguous", { topic: quoted(text) }) };
		if (found !== undefined) return { kind: "topic", id: found };
		const topic = quoted(text.trim());
		return { kind: "none", why: topic === "" ? reason("topic-invalid") : reason("topic-unknown", { topic }) };
	};
}
