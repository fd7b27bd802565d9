import { CATALOGUE_FILES, type Service } from "./catalogue.ts";
import type { RejectedEntry } from "./rejected-entry.ts";
import type { DocumentUse, Question } from "./service-details.ts";
import type { TranslatedEntity, Translation } from "./translations.ts";

interface Known {
	/** The ids of documents.json. */
	documents: ReadonlySet<string>;
	translations: readonly Translation[];
	rejected: RejectedEntry[];
}

/**
 * Services without the documents, steps, answers and fees that nobody can read: what has no Chinese name cannot be asked
 * for at a counter. Each is named; the rest of the service stays.
 */
export function dropMissingTexts(
	services: readonly Service[],
	{ documents, translations, rejected }: Known,
): Service[] {
	const chinese = new Set(
		translations.flatMap(({ entity, id, language, field }) =>
			language === "zh-Hans" && field === "name" ? [`${entity} ${id}`] : [],
		),
	);
	const nameless = [...documents].filter((id) => !chinese.has(`document ${id}`));
	for (const id of nameless) {
		rejected.push({ file: CATALOGUE_FILES.documents, entry: id, reason: "it has no Chinese name and is left out" });
	}
	return services.map((service) => {
		const lacking = new Set<string>();
		const has = (entity: TranslatedEntity, id: string): boolean => {
			const isKnown = chinese.has(`${entity} ${id}`) && (entity !== "document" || documents.has(id));
			if (!isKnown) lacking.add(`${entity} ${id}`);
			return isKnown;
		};
		const kept = withKnownTexts(service, has);
		if (lacking.size > 0) {
			const reason = `it refers to what is missing or has no Chinese name, and is kept without: ${[...lacking].join(", ")}`;
			rejected.push({ file: CATALOGUE_FILES.services, entry: service.id, reason });
		}
		return kept;
	});
}

type Has = (entity: TranslatedEntity, id: string) => boolean;

function withKnownTexts(service: Service, has: Has): Service {
	const { question, steps, cost_options } = service;
	const known = (uses: readonly DocumentUse[]) => uses.filter(({ document }) => has("document", document));
	return {
		...service,
		required_documents: known(service.required_documents),
		question: question && knownQuestion(question, known, has),
		steps: steps?.filter((id) => has("step", id)),
		cost_options: cost_options?.filter(({ option }) => option === undefined || has("option", option)),
	};
}

/** The question with the answers that have a name; undefined where fewer than two are left. */
function knownQuestion(
	{ id, options }: Question,
	known: (uses: readonly DocumentUse[]) => DocumentUse[],
	has: Has,
): Question | undefined {
	if (!has("question", id)) return undefined;
	const kept = options
		.filter((option) => has("option", option.id))
		.map((option) => ({
			...option,
			required_documents: known(option.required_documents),
			question: option.question && knownQuestion(option.question, known, has),
		}));
	return kept.length >= 2 ? { id, options: kept } : undefined;
}
