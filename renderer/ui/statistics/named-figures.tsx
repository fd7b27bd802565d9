import { useMemo } from "react";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import {
	counterFinding,
	type FiguresProps,
	languageFinding,
	outcomeFinding,
	timeByTopic,
	topicFinding,
} from "./findings.ts";
import { GroupFigure } from "./group-figure.tsx";
import { COUNTER_BARS, drawNamed } from "./plots.ts";

/** By topic, counter, language, and how visits ended. */
export function NamedFigures({ statistics, wording }: FiguresProps) {
	const { t, format, topicName, language } = wording;
	const { topics, counters, languages, staffGroups, classes, outcomes } = statistics;
	const languageName = (tag: string) => (isLanguage(tag) ? languageNameIn(tag, language) : tag);
	const drawTopics = useMemo(() => {
		const rows = timeByTopic(statistics).map(({ topic, share }) => ({ name: topicName(topic), value: share }));
		return drawNamed(rows, format.percent);
	}, [statistics, topicName, format]);
	const drawOutcomes = useMemo(() => {
		const rows = outcomes.flatMap(({ outcome, visits }) =>
			visits === null ? [] : [{ name: t(`outcome_${outcome}`), value: visits }],
		);
		return rows.every(({ value }) => value === 0) ? null : drawNamed(rows, format.count);
	}, [outcomes, t, format]);
	const drawLanguages = useMemo(() => {
		const rows = languages.flatMap(({ language: own, visits }) =>
			visits === null || own === null ? [] : [{ name: languageNameIn(own, language), value: visits }],
		);
		return drawNamed(rows, format.count);
	}, [languages, language, format]);
	const drawCounters = useMemo(() => {
		const rows = counters.flatMap(({ counter, service }) =>
			service ? [{ name: t("counterNumber", { counter }), value: service.medianMs }] : [],
		);
		return drawNamed(rows, format.length, COUNTER_BARS);
	}, [counters, t, format]);
	return (
		<>
			<GroupFigure
				wording={wording}
				title={topicFinding(statistics, wording)}
				hint={t("hintTopics")}
				draw={drawTopics}
				groupLabel={t("topic")}
				groups={topics.map((row) => [topicName(row.topic), row])}
			/>
			{counters.length > 0 && (
				<GroupFigure
					wording={wording}
					title={counterFinding(statistics, wording)}
					hint={t("hintCounters")}
					draw={drawCounters}
					groupLabel={t("counter")}
					groups={counters.map((row) => [row.counter, row])}
				/>
			)}
			<GroupFigure
				wording={wording}
				title={languageFinding(statistics, wording, languageName)}
				hint={t("hintLanguages")}
				draw={drawLanguages}
				groupLabel={t("language")}
				groups={languages.map((row) => [row.language === null ? t("statsRedacted") : languageName(row.language), row])}
			/>
			<GroupFigure
				wording={wording}
				title={outcomeFinding(statistics, wording)}
				hint={t("hintOutcomes")}
				draw={drawOutcomes}
				groupLabel={t("statsGroup")}
				counts={outcomes.map(({ outcome, visits }) => [
					t(`outcome_${outcome}`),
					visits === null ? t("statsFew") : format.count(visits),
				])}
				groups={[
					...classes.map((row) => [t(`class_${row.class}`), row] as const),
					...staffGroups.map((row) => [row.role === null ? t("statsRemoved") : t(`role_${row.role}`), row] as const),
				]}
			/>
		</>
	);
}

const isLanguage = (tag: string): tag is Language => LANGUAGES.some((one) => one === tag);
