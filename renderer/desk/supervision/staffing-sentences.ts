import type { MeasureRange, StaffingChangeInput } from "../../../protocol/statistics/day-replay.ts";
import type { Wording } from "../../ui/statistics/findings.ts";

/** A change of staff, as a person would say it. */
export function changeSentence(change: StaffingChangeInput, { t, topicName }: Wording): string {
	if (change.kind === "serve") return t("planServe", { counter: change.counter, topic: topicName(change.topic) });
	const time = spanText(change.from ?? null, change.to ?? null, t);
	if (change.kind === "absent") return t("planAbsent", { counter: change.counter, time });
	if (!change.topics) return t("planOpenAll", { time });
	return t("planOpen", { topic: change.topics.map(topicName).join(", "), time });
}

function spanText(from: string | null, to: string | null, t: Wording["t"]): string {
	if (from !== null && to !== null) return t("planFromTo", { from, to });
	if (from !== null) return t("planFromTime", { from });
	return to !== null ? t("planUntil", { to }) : t("planAllDay");
}

/** "6 min to 9 min", or one of them where both are written alike. */
export function rangeText({ low, high }: MeasureRange, write: (value: number) => string, t: Wording["t"]): string {
	const [from, to] = [write(low), write(high)];
	return from === to ? from : t("planRange", { low: from, high: to });
}
