import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ChecklistContent } from "../catalogue/checklist/checklist.ts";
import type { ChecklistText } from "../catalogue/checklist/checklist-texts.ts";
import type { ChecklistSlip } from "../printing/render/checklist-slip.ts";

/** A checklist as its paper says it. */
export function checklistSlipOf(
	list: ChecklistContent,
	{ catalogue, t, now }: { catalogue: Catalogue; t: ChecklistText; now: number },
): ChecklistSlip {
	const { language, topics, documents, note, labels } = list;
	const site = (shown: typeof language) => catalogue.translate("location", catalogue.clock.id, shown, "short_name");
	const url = topics.find((topic) => topic.url !== null)?.url ?? null;
	return {
		language,
		site: { name: site(language), nameChinese: site("zh-Hans") },
		topics,
		bring: labels.bring,
		documents,
		notes: note === null ? [] : [note],
		advice: labels.advice,
		notTicket: t("notTicket"),
		checked: labels.checked,
		page: url === null ? null : { label: labels.officialPage, url },
		printedAt: now,
		timezone: catalogue.clock.timezone,
	};
}
