import type { Language } from "../../../protocol/model/language.ts";
import type { Wait, WaitStatus } from "../../../protocol/model/ticket.ts";
import { formatDuration, needsHours } from "../../i18n/format-duration.ts";
import type { KioskTranslate } from "./messages.ts";

interface Queue {
	ahead: number;
	wait: Wait | null;
	waitStatus?: WaitStatus;
}

/** A wait as people say it: a range, never one figure that nobody can keep. */
export function formatWait(t: KioskTranslate, queue: Queue, language: Language): string {
	const { ahead, wait, waitStatus } = queue;
	// Nobody waits is not the same as no wait: there may be no counter either.
	if (!wait && waitStatus === "unserved") return t("wait.unserved");
	if (!wait) return ahead === 0 ? t("wait.unknown") : t("waiting", { count: ahead });
	const { minMinutes: from, maxMinutes: count } = wait;
	if (needsHours(count)) return formatWaitOfHours(t, wait, language);
	if (count === 0) return t("wait.none");
	if (from === 0) return t("wait.under", { count });
	if (from === count) return t("wait.about", { count });
	return t("wait.range", { from, count });
}

function formatWaitOfHours(t: KioskTranslate, { minMinutes, maxMinutes }: Wait, language: Language): string {
	const to = formatDuration(maxMinutes, language);
	if (minMinutes === maxMinutes) return t("wait.aboutHours", { wait: to });
	return t("wait.rangeHours", { from: formatDuration(minMinutes, language), to });
}

/** How long a topic takes at the counter. */
export function formatMinutes(t: KioskTranslate, minutes: number, language: Language): string {
	return needsHours(minutes) ? formatDuration(minutes, language) : t("minutes", { count: minutes });
}
