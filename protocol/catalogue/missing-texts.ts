import { LANGUAGES, type Language } from "../model/language.ts";
import { CATALOGUE_FILES, type Service } from "./catalogue.ts";
import type { RejectedEntry } from "./rejected-entry.ts";
import { type DocumentUse, documentUsesOf, type Question, questionSchema } from "./service-details.ts";
import type { TranslatedEntity, TranslatedField, Translation } from "./translations.ts";

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

/** The question with the answers that have a name; undefined where they no longer decide anything. */
function knownQuestion(
	{ id, options }: Question,
	known: (uses: readonly DocumentUse[]) => DocumentUse[],
	has: Has,
): Question | undefined {
	if (!has("question", id)) return undefined;
	const kept = options
		.filter((option) => has("option", option.id))
		.map(({ question, ...option }) => {
			const next = question && knownQuestion(question, known, has);
			return { ...option, required_documents: known(option.required_documents), ...(next && { question: next }) };
		});
	return questionSchema.safeParse({ id, options: kept }).success ? { id, options: kept } : undefined;
}

/** By language, the texts that a station shows in another one: "service work-permit (name)". */
export function findMissingTexts(catalogue: {
	organizations: readonly { id: string }[];
	groups: readonly { id: string }[];
	services: readonly Service[];
	locations: readonly { id: string }[];
	translations: readonly Translation[];
}): Partial<Record<Language, string[]>> {
	const { organizations, groups, services, locations, translations } = catalogue;
	const known = new Set(
		translations.map(({ entity, id, language, field }) => `${language} ${entity} ${id} (${field})`),
	);
	const named = (entity: TranslatedEntity, ids: Iterable<string>, fields: readonly TranslatedField[] = ["name"]) =>
		[...new Set(ids)].flatMap((id) => fields.map((field) => `${entity} ${id} (${field})`));
	const idsOf = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);
	const questions = services.flatMap(({ question }) => [
		...(question ? [question] : []),
		...(question?.options.flatMap((option) => option.question ?? []) ?? []),
	]);
	const texts = [
		...named("service", idsOf(services), ["name", "description"]),
		...named("organization", idsOf(organizations)),
		...named("topic_group", idsOf(groups)),
		...named("location", idsOf(locations), ["name", "short_name", "address"]),
		...named(
			"document",
			services.flatMap(documentUsesOf).map(({ document }) => document),
		),
		...named("question", idsOf(questions)),
		...named("option", idsOf(questions.flatMap<{ id: string }>(({ options }) => options))),
		...named(
			"option",
			services.flatMap(({ cost_options }) => cost_options?.flatMap(({ option }) => option ?? []) ?? []),
		),
		...named(
			"step",
			services.flatMap(({ steps }) => steps ?? []),
		),
	];
	return Object.fromEntries(
		LANGUAGES.map((language): [Language, string[]] => [
			language,
			texts.filter((text) => !known.has(`${language} ${text}`)),
		]).filter(([, missing]) => missing.length > 0),
	);
}
