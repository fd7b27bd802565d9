import type { DocumentUse, ServiceDetails } from "../../../protocol/catalogue/service-details.ts";
import { formattingLocale, type Language } from "../../../protocol/model/language.ts";
import type { ChecklistText } from "./checklist-texts.ts";

/* Facts of the catalogue as people read them. Pure: texts and language are arguments. */

/** Beside what no official page confirms; what it means is said below the list. */
const UNCONFIRMED_MARK = "※";

const marked = (text: string, { unconfirmed }: { unconfirmed?: true | undefined }) =>
	unconfirmed ? `${text} ${UNCONFIRMED_MARK}` : text;

const UNITS = { hour: "hours", day: "days", "working-day": "workingDays", month: "months" } as const;

function formatTime(t: ChecklistText, count: number, unit: keyof typeof UNITS): string {
	return t(UNITS[unit], { count });
}

/** "Original · copy × 2 · not older than 6 months". */
export function formatDocumentUse(t: ChecklistText, use: DocumentUse): string {
	const times = (count: number | undefined) => (count !== undefined && count > 1 ? ` × ${count}` : "");
	const parts = [
		use.photo ? `× ${use.originals ?? 1}` : use.originals !== undefined && t("original") + times(use.originals),
		use.photo && `${use.photo.width_mm} × ${use.photo.height_mm} mm`,
		use.copies !== undefined && t("copy") + times(use.copies),
		use.issued_within_months !== undefined &&
			t("issuedWithin", { time: formatTime(t, use.issued_within_months, "month") }),
		use.authenticated && t("authenticated"),
		use.translated && t("translated"),
		use.if_any && t("ifAny"),
	].filter((part) => typeof part === "string");
	return marked(parts.join(" · "), use).trim();
}

export function formatCosts(
	t: ChecklistText,
	costs: NonNullable<ServiceDetails["cost_options"]>,
	language: Language,
	nameOf: (option: string) => string,
): string[] {
	return costs.map((cost) => {
		const { amount, amount_max, currency, option } = cost;
		const price = (value: number) =>
			new Intl.NumberFormat(formattingLocale(language), {
				style: "currency",
				currency,
				currencyDisplay: "code",
				minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
			}).format(value);
		const figure = amount_max === undefined ? price(amount) : `${price(amount)} – ${price(amount_max)}`;
		const fee = amount === 0 && amount_max === undefined ? t("free") : figure;
		return marked(option === undefined ? fee : `${fee} (${nameOf(option)})`, cost);
	});
}

export function formatProcessingTime(t: ChecklistText, time: NonNullable<ServiceDetails["processing_time"]>): string {
	if (time.unit === "on-the-spot") return marked(t("onTheSpot"), time);
	const upTo = formatTime(t, time.to, time.unit);
	return marked(time.from === undefined ? t("upTo", { time: upTo }) : `${time.from}–${upTo}`, time);
}

export function formatDeadlines(t: ChecklistText, deadlines: NonNullable<ServiceDetails["deadlines"]>): string[] {
	return deadlines.map((deadline) => {
		const time = formatTime(t, deadline.time, deadline.unit);
		return marked(t(deadline.event, { time }), deadline);
	});
}

export function hasUnconfirmed(uses: readonly DocumentUse[], details: ServiceDetails): boolean {
	return [...uses, ...(details.cost_options ?? []), ...(details.deadlines ?? []), details.processing_time].some(
		(fact) => fact?.unconfirmed === true,
	);
}
