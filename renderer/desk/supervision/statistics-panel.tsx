import { useCallback, useMemo } from "react";
import { statisticsTexts } from "../../ui/statistics/messages.ts";
import type { DayRange } from "../../ui/statistics/period.ts";
import { StatisticsView } from "../../ui/statistics/statistics-view.tsx";
import { ErrorLine } from "../components/error-line.tsx";
import type { PanelProps } from "./panel.tsx";
import { StaffingPlan } from "./staffing-plan.tsx";

/** What the site's past days show. */
export default function StatisticsPanel({ supervisor, siteName, topics, messages, t, why }: PanelProps) {
	const names = useMemo(() => new Map<string, string>(topics.map(({ id, name }) => [id, name])), [topics]);
	const topicName = useCallback((id: string) => names.get(id) ?? id, [names]);
	const { statistics } = supervisor;
	const ask = useCallback(
		(range: DayRange | null, topic: string) => statistics({ ...range, ...(topic !== "" && { topic }) }),
		[statistics],
	);
	return (
		<StatisticsView
			{...{ ask, topicName, choices: topics, language: messages.language, heading: siteName }}
			choiceLabel={t("topic")}
			allLabel={statisticsTexts(messages.language)("statsAllTopics")}
			loading={messages.t("loading")}
			failureLine={(failure) => <ErrorLine error={why(failure)} />}
			footer={(value, wording) => <StaffingPlan {...{ value, wording, supervisor, topics, why }} />}
		/>
	);
}
