import type { TopicId } from "../../protocol/model/ids.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";

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

const fold = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();

/** Finds a topic by its id, else by one of its names, in any case and spacing. */
export function topicFinder(
	topicIds: readonly TopicId[],
	names: readonly TopicName[] = [],
): (text: string) => FoundTopic {
	const ids = new Map<string, TopicId>(topicIds.map((id) => [id, id]));
	const byName = new Map<string, Set<TopicId>>();
	for (const { id, name } of names) byName.set(fold(name), (byName.get(fold(name)) ?? new Set()).add(id));
	return (text) => {
		const id = ids.get(text.trim());
		if (id !== undefined) return { kind: "topic", id };
		const [found, another] = byName.get(fold(text)) ?? [];
		if (another !== undefined) return { kind: "none", why: reason("topic-ambiguous", { topic: quoted(text) }) };
		if (found !== undefined) return { kind: "topic", id: found };
		const topic = quoted(text.trim());
		return { kind: "none", why: topic === "" ? reason("topic-invalid") : reason("topic-unknown", { topic }) };
	};
}
