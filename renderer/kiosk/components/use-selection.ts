import type { Topic } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Selected } from "../state/state.ts";
import { useKiosk } from "./context.ts";

/** The topics that a number is asked for, first the one that is served first, and each document of theirs once. */
export function useSelection({ language, topic, nextTopics }: Selected & { language: Language }): {
	topics: readonly Topic[];
	documents: Topic["requiredDocuments"];
} {
	const known = useKiosk("topics")[language]?.topics ?? [];
	const topics = [topic, ...nextTopics].flatMap((id) => known.find((one) => one.id === id) ?? []);
	const documents = new Map(topics.flatMap(({ requiredDocuments }) => requiredDocuments.map((one) => [one.id, one])));
	return { topics, documents: [...documents.values()] };
}
