import type { Checklist, ChecklistDocument, ChecklistFact, ChecklistTopic } from "../../../protocol/api/checklist.ts";
import type { DocumentUse } from "../../../protocol/catalogue/service-details.ts";
import { formattingLocale, type Language } from "../../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue.ts";
import type { StoredService } from "../catalogue-repository.ts";
import { isPastConfirmBy } from "../confirm-by.ts";
import { applyAnswers } from "./answers.ts";
import type { ChecklistText } from "./checklist-texts.ts";
import {
	formatCosts,
	formatDeadlines,
	formatDocumentUse,
	formatProcessingTime,
	hasUnconfirmed,
} from "./format-facts.ts";
import { mergeDocuments } from "./merge-documents.ts";

export interface ChecklistRequest {
	services: readonly StoredService[];
	answers: readonly string[];
	language: Language;
}

export interface ChecklistDeps {
	catalogue: Catalogue;
	texts(language: Language): ChecklistText;
	now: number;
}

/** Who answers where a topic names no hotline: the city's, in many languages. */
const CITY_HOTLINE = "12345";

export type ChecklistContent = Omit<Checklist, "takeHome" | "page">;

/** What to bring and to know, worded in the visitor's language with the Chinese names beside it. */
export function checklistOf(
	{ services, answers, language }: ChecklistRequest,
	{ catalogue, texts, now }: ChecklistDeps,
): ChecklistContent {
	const t = texts(language);
	const asked = services.map((service) => {
		const { uses, question } = applyAnswers(service.details.question, answers);
		return { service, uses: [...service.documentUses, ...uses], question };
	});
	const open = asked.find(({ question }) => question)?.question;
	const nameOf = (entity: "question" | "option", id: string) => catalogue.translate(entity, id, language, "name");
	const documents = mergeDocuments(asked.flatMap(({ uses }) => uses)).map((use) =>
		documentOf(use, { catalogue, language, own: t, chinese: texts("zh-Hans") }),
	);
	const checked = services.map(({ assuredDate }) => assuredDate).sort()[0] ?? "";
	return {
		language,
		topics: asked.map(({ service, uses }) => topicOf(service, uses, { catalogue, language, t, now })),
		documents,
		question: open
			? {
					id: open.id,
					name: nameOf("question", open.id),
					options: open.options.map(({ id }) => ({ id, name: nameOf("option", id) })),
				}
			: null,
		note: open ? t("depends") : documents.length === 0 ? t("nothing") : null,
		labels: {
			bring: t("bring"),
			officialPage: t("officialPage"),
			checked: t("checked", { date: formatDate(checked, language) }),
			advice: t("advice"),
			tick: t("tick"),
			facts: t("facts"),
			skip: t("skip"),
			print: t("print"),
			printing: t("printing"),
			printed: t("printed"),
			failed: t("failed"),
			phone: t("phone"),
			askStaff: t("askStaff"),
		},
	};
}

interface Words {
	catalogue: Catalogue;
	language: Language;
	own: ChecklistText;
	chinese: ChecklistText;
}

function documentOf(
	use: DocumentUse & { key: string },
	{ catalogue, language, own, chinese }: Words,
): ChecklistDocument {
	const name = (shown: Language) => catalogue.translate("document", use.document, shown, "name");
	return {
		key: use.key,
		id: use.document,
		name: name(language),
		nameChinese: name("zh-Hans"),
		detail: formatDocumentUse(own, use),
		detailChinese: formatDocumentUse(chinese, use),
	};
}

interface TopicWords {
	catalogue: Catalogue;
	language: Language;
	t: ChecklistText;
	now: number;
}

function topicOf(service: StoredService, uses: readonly DocumentUse[], words: TopicWords): ChecklistTopic {
	const { catalogue, language, t, now } = words;
	const { id, details } = service;
	const name = (shown: Language) => catalogue.translate("service", id, shown, "name");
	const phone = catalogue.hotline(service) ?? CITY_HOTLINE;
	return {
		id,
		name: name(language),
		nameChinese: name("zh-Hans"),
		description: catalogue.translate("service", id, language, "description"),
		facts: factsOf(service, phone, words),
		warnings: [
			...(hasUnconfirmed(uses, details) ? [t("unconfirmed", { phone })] : []),
			...(isPastConfirmBy(service, now, catalogue.clock.timezone)
				? [t("mayHaveChanged", { date: formatDate(service.confirmBy, language), phone })]
				: []),
		],
		url: details.url ?? null,
	};
}

function factsOf(service: StoredService, phone: string, { catalogue, language, t }: TopicWords): ChecklistFact[] {
	const { id, details } = service;
	const translate = (entity: "option" | "step") => (key: string) => catalogue.translate(entity, key, language, "name");
	const eligibility = catalogue.optionalText("service", id, language, "eligibility");
	const { steps = [], cost_options = [], processing_time, deadlines = [], application_url } = details;
	const facts: ChecklistFact[] = [
		{ kind: "eligibility", label: t("who"), lines: eligibility === undefined ? [] : [eligibility] },
		{ kind: "fee", label: t("fee"), lines: formatCosts(t, cost_options, language, translate("option")) },
		{
			kind: "decision",
			label: t("decision"),
			lines: processing_time ? [formatProcessingTime(t, processing_time)] : [],
		},
		{ kind: "deadline", label: t("deadline"), lines: formatDeadlines(t, deadlines) },
		{ kind: "steps", label: t("steps"), lines: steps.map(translate("step")) },
		{
			kind: "authority",
			label: t("handledBy"),
			lines: [catalogue.translate("organization", service.organizationId, language, "name")],
		},
		{
			kind: "online",
			label: t("online"),
			lines: application_url === undefined ? [] : [application_url.replace(/^https:\/\/|\/$/g, "")],
		},
		{ kind: "hotline", label: t("hotline"), lines: [phone] },
	];
	return facts.filter(({ lines }) => lines.length > 0);
}

function formatDate(date: string, language: Language): string {
	return new Intl.DateTimeFormat(formattingLocale(language), { dateStyle: "medium", timeZone: "UTC" }).format(
		Date.parse(date),
	);
}
