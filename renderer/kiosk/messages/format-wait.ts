import type { Wait } from "../../../protocol/model/ticket.ts";
import type { KioskTranslate } from "./messages.ts";

/** A wait as people say it: a range, never one figure that nobody can keep. */
export function formatWait(t: KioskTranslate, queue: { ahead: number; wait: Wait | null }): string {
	const { ahead, wait } = queue;
	if (!wait) return ahead === 0 ? t("wait.none") : t("waiting", { count: ahead });
	const { minMinutes: from, maxMinutes: count } = wait;
	if (count === 0) return t("wait.none");
	if (from === 0) return t("wait.under", { count });
	if (from === count) return t("wait.about", { count });
	return t("wait.range", { from, count });
}
