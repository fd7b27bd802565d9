import { useMemo } from "react";
import { Figure } from "./figure.tsx";
import { arrivalsPerWeekday, estimateFinding, type FiguresProps, levelFinding, weekdayFinding } from "./findings.ts";
import { GroupFigure } from "./group-figure.tsx";
import { drawNamed, drawShares, drawWeekdays } from "./plots.ts";

/** From day to day: the service level, the weekdays, and how right the waits were that visitors were told. */
export function DayFigures({ statistics, wording }: FiguresProps) {
	const { t, format, topicName } = wording;
	const { days, estimates, weekdays } = statistics;
	const levels = useMemo(
		() =>
			days.flatMap(({ serviceDay, serviceLevel }) =>
				serviceLevel === null ? [] : [{ serviceDay, share: serviceLevel }],
			),
		[days],
	);
	const covers = useMemo(
		() => estimates.days.map(({ serviceDay, cover }) => ({ serviceDay, share: cover })),
		[estimates],
	);
	const perWeekday = useMemo(
		() =>
			arrivalsPerWeekday(statistics).map(({ weekday, arrivals }) => ({
				name: format.weekday(weekday),
				value: arrivals,
			})),
		[statistics, format],
	);
	const drawCoverByTopic = useMemo(() => {
		const rows = estimates.topics.map(({ topic, cover }) => ({ name: topicName(topic), value: cover }));
		return drawNamed(rows, format.percent);
	}, [estimates, topicName, format]);
	const drawLevels = useMemo(() => drawShares(levels, format), [levels, format]);
	const drawCovers = useMemo(() => drawShares(covers, format), [covers, format]);
	const drawWeek = useMemo(() => drawWeekdays(perWeekday), [perWeekday]);
	return (
		<>
			{days.length > 1 && (
				<GroupFigure
					wording={wording}
					title={levelFinding(statistics, wording)}
					hint={t("hintLevel")}
					draw={levels.length > 1 ? drawLevels : null}
					groupLabel={t("statsDay")}
					groups={days.map((row) => [format.day(row.serviceDay), row])}
				/>
			)}
			{weekdays.length > 1 && (
				<GroupFigure
					wording={wording}
					title={weekdayFinding(statistics, wording)}
					hint={t("hintWeekday")}
					draw={drawWeek}
					groupLabel={t("statsWeekday")}
					groups={weekdays.map((row) => [format.weekday(row.weekday), row])}
				/>
			)}
			{estimates.total !== null && (
				<Figure
					title={estimateFinding(statistics, wording)}
					hint={t(covers.length > 1 ? "hintEstimate" : "hintEstimateTopics")}
					draw={covers.length > 1 ? drawCovers : drawCoverByTopic}
					tableLabel={t("statsTable")}
					columns={[t("topic"), t("colTold"), t("colRight"), t("colWidth"), t("colError"), t("colWait")]}
					rows={[
						...estimates.topics.map((one) => ({ name: topicName(one.topic), ...one })),
						...estimates.days.map((one) => ({ name: format.day(one.serviceDay), ...one })),
					].map((one) => [
						one.name,
						format.count(one.count),
						format.percent(one.cover),
						...[one.widthMinutes, one.errorMinutes, one.waitMinutes].map((minutes) => format.length(60_000 * minutes)),
					])}
				/>
			)}
		</>
	);
}
