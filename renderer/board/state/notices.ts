import type { Topics } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/board/en.json";
import { formatTime, formatWeekday } from "../../i18n/format-time.ts";

export type BoardTranslate = (
	language: Language,
	key: keyof typeof english,
	values?: Readonly<Record<string, string>>,
) => string;

/** Of more the first would come round too seldom. */
const MAX_TOPICS = 2;

/**
 * What visitors should know before they queue, in the language of `topics`: that the site is closed and when it opens,
 * or which topics are not available.
 */
export function noticesOf({ language, site, topics }: Topics, t: BoardTranslate, now?: number): string[] {
	if (!site.open) {
		if (site.opensAt === null) return [t(language, "closedNow")];
		const day = formatWeekday(site.opensAt, language, site.timezone, now);
		const time = formatTime(site.opensAt, language, site.timezone);
		return [t(language, "opensAt", { day, time })];
	}
	return topics
		.filter(({ availability }) => availability === "full" || availability === "closed")
		.toSorted((one, other) => one.rank - other.rank)
		.slice(0, MAX_TOPICS)
		.map(({ name, availability }) =>
			t(language, availability === "full" ? "topicFull" : "topicClosed", { topic: name }),
		);
}
