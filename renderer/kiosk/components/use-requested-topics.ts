import type { Topic } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { TicketRequest } from "../state/state.ts";
import { useKiosk } from "./context.ts";

/** The requested topics in the order of service, and their required documents without duplicates. */
export function useRequestedTopics({ language, topic, nextTopics }: TicketRequest & { language: Language }): {
	topics: readonly Topic[];
	documents: Topic["requiredDocuments"];
} {
	const known = useKiosk("topics")[language]?.topics ?? [];
	const topics = [topic, ...nextTopics].flatMap((id) => known.find((one) => one.id === id) ?? []);
	const documents = new Map(topics.flatMap(({ requiredDocuments }) => requiredDocuments.map((one) => [one.id, one])));
	return { topics, documents: [...documents.values()] };
}
