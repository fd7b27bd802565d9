import { type ReactNode, useMemo } from "react";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Figures, Statistics } from "../../../protocol/statistics/statistics.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { Figure } from "./figure.tsx";
import {
	arrivalsPerWeekday,
	counterFinding,
	estimateFinding,
	languageFinding,
	levelFinding,
	outcomeFinding,
	staffingFinding,
	timeByTopic,
	topicFinding,
	type Wording,
	waitFinding,
	weekdayFinding,
} from "./findings.ts";
import { drawNamed, drawShares, drawStaffing, drawWaits, drawWeekdays } from "./plots.ts";
import styles from "./statistics.module.css";

interface ReportProps {
	statistics: Statistics;
	wording: Wording;
	/** More pictures, the first ones. */
	children?: ReactNode;
}

/** Every picture of which something is known: the server knows no counters of all sites, and nothing of estimates. */
export function Report({ statistics, wording, children }: ReportProps) {
	const { t } = wording;
	return (
		<>
			<KeyFigures statistics={statistics} wording={wording} />
			{statistics.total.visits === 0 ? (
				<p className={styles.none}>{t("statsNone")}</p>
			) : (
				<div className={styles.figures}>
					{children}
					<WaitFigures statistics={statistics} wording={wording} />
					<ShareFigures statistics={statistics} wording={wording} />
					<NamedFigures statistics={statistics} wording={wording} />
				</div>
			)}
			<Forecast statistics={statistics} wording={wording} />
			<p className={styles.notes}>
				{t("statsSmall", { least: statistics.smallestGroup })}
				{statistics.untimed > 0 && ` ${t("statsUntimed", { count: statistics.untimed })}`}
			</p>
		</>
	);
}

type PartProps = ReportProps;

function KeyFigures({ statistics: { total, withinMinutes, forecast }, wording: { t, format } }: PartProps) {
	const count = (value: number | null) => (value === null ? t("statsFew") : format.count(value));
	const none = "–";
	const figures = [
		[t("keyArrivals"), count(total.arrivals)],
		[t("keyMedian"), total.wait ? format.length(total.wait.medianMs) : none],
		[t("keyLate"), total.wait ? format.length(total.wait.p90Ms) : none],
		[
			t("keyLevel", { minutes: withinMinutes }),
			total.serviceLevel === null ? none : format.percent(total.serviceLevel),
		],
		[t("keyService"), total.service ? format.length(total.service.medianMs) : none],
		[t("keyNoShows"), count(total.noShows)],
		[t("keyLeft"), count(total.abandoned)],
		[t("keyClosed"), count(total.closed)],
		[t("keyRating"), total.rating ? format.average(total.rating.mean) : none],
		forecast
			? [t("keyForecast", { day: format.shortDay(forecast.serviceDay) }), format.count(forecast.arrivals)]
			: [t("keyForecastNone"), none],
	] as const;
	return (
		<dl className={styles.keys}>
			{figures.map(([name, value]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

function WaitFigures({ statistics, wording }: PartProps) {
	const { t, format } = wording;
	const { hours, quarters } = statistics;
	const waits = useMemo(() => drawWaits(statistics, format), [statistics, format]);
	const staffing = useMemo(() => drawStaffing(statistics, format), [statistics, format]);
	return (
		<>
			<Figure
				title={waitFinding(statistics, wording)}
				hint={t("hintWaits")}
				draw={hours.some(({ wait }) => wait) ? waits : null}
				tableLabel={t("statsTable")}
				columns={[t("hour"), ...figureColumns(wording)]}
				rows={hours.map((row) => [format.clock(row.hour * 60), ...figureCells(row, wording)])}
			/>
			{quarters.length > 0 && (
				<Figure
					title={staffingFinding(statistics, wording)}
					hint={t("hintStaffing", { minutes: statistics.withinMinutes })}
					draw={quarters.some(({ countersNeeded }) => countersNeeded !== null) ? staffing : null}
					tableLabel={t("statsTable")}
					columns={[t("time"), t("colArrivals"), t("colAtWork"), t("colNeeded")]}
					rows={quarters.map((one) => [
						format.clock(one.fromMinute),
						format.average(one.arrivals),
						format.average(one.countersAtWork),
						one.countersNeeded === null ? "–" : format.count(one.countersNeeded),
					])}
				/>
			)}
		</>
	);
}

function ShareFigures({ statistics, wording }: PartProps) {
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
		const rows = estimates.topics.map(({ topic, cover }) => ({ name: shorten(topicName(topic)), value: cover }));
		return rows.length === 0 ? null : drawNamed(rows.slice(0, MOST_BARS), format.percent);
	}, [estimates, topicName, format]);
	const drawLevels = useMemo(() => drawShares(levels, format), [levels, format]);
	const drawCovers = useMemo(() => drawShares(covers, format), [covers, format]);
	const drawWeek = useMemo(() => drawWeekdays(perWeekday), [perWeekday]);
	return (
		<>
			{days.length > 1 && (
				<Figure
					title={levelFinding(statistics, wording)}
					hint={t("hintLevel")}
					draw={levels.length > 1 ? drawLevels : null}
					tableLabel={t("statsTable")}
					columns={[t("statsDay"), ...figureColumns(wording)]}
					rows={days.map((row) => [format.day(row.serviceDay), ...figureCells(row, wording)])}
				/>
			)}
			{weekdays.length > 1 && (
				<Figure
					title={weekdayFinding(statistics, wording)}
					hint={t("hintWeekday")}
					draw={drawWeek}
					tableLabel={t("statsTable")}
					columns={[t("statsWeekday"), ...figureColumns(wording)]}
					rows={weekdays.map((row) => [format.weekday(row.weekday), ...figureCells(row, wording)])}
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

function NamedFigures({ statistics, wording }: ReportProps) {
	const { t, format, topicName, language } = wording;
	const { topics, counters, languages, staffGroups, classes, outcomes } = statistics;
	const languageName = (tag: string) => (isLanguage(tag) ? languageNameIn(tag, language) : tag);
	const drawTopics = useMemo(() => {
		const rows = timeByTopic(statistics).map(({ topic, share }) => ({ name: shorten(topicName(topic)), value: share }));
		return rows.length === 0 ? null : drawNamed(rows.slice(0, MOST_BARS), format.percent);
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
		return rows.length === 0 ? null : drawNamed(rows.slice(0, MOST_BARS), format.count);
	}, [languages, language, format]);
	const drawCounters = useMemo(() => {
		const rows = counters.flatMap(({ counter, service }) =>
			service ? [{ name: t("counterNumber", { counter }), value: service.medianMs }] : [],
		);
		return rows.length === 0 ? null : drawNamed(rows, format.length);
	}, [counters, t, format]);
	return (
		<>
			<Figure
				title={topicFinding(statistics, wording)}
				hint={t("hintTopics")}
				draw={drawTopics}
				tableLabel={t("statsTable")}
				columns={[t("topic"), ...figureColumns(wording)]}
				rows={topics.map((row) => [topicName(row.topic), ...figureCells(row, wording)])}
			/>
			{counters.length > 0 && (
				<Figure
					title={counterFinding(statistics, wording)}
					hint={t("hintCounters")}
					draw={drawCounters}
					tableLabel={t("statsTable")}
					columns={[t("counter"), ...figureColumns(wording)]}
					rows={counters.map((row) => [row.counter, ...figureCells(row, wording)])}
				/>
			)}
			<Figure
				title={languageFinding(statistics, wording, languageName)}
				hint={t("hintLanguages")}
				draw={drawLanguages}
				tableLabel={t("statsTable")}
				columns={[t("language"), ...figureColumns(wording)]}
				rows={languages.map((row) => [
					row.language === null ? t("statsRedacted") : languageName(row.language),
					...figureCells(row, wording),
				])}
			/>
			<Figure
				title={outcomeFinding(statistics, wording)}
				hint={t("hintOutcomes")}
				draw={drawOutcomes}
				tableLabel={t("statsTable")}
				columns={[t("statsGroup"), ...figureColumns(wording)]}
				rows={[
					...outcomes.map(({ outcome, visits }) => [
						t(`outcome_${outcome}`),
						visits === null ? t("statsFew") : format.count(visits),
						...figureColumns(wording)
							.slice(1)
							.map(() => ""),
					]),
					...classes.map((row) => [t(`class_${row.class}`), ...figureCells(row, wording)]),
					...staffGroups.map((row) => [
						row.role === null ? t("statsRemoved") : t(`role_${row.role}`),
						...figureCells(row, wording),
					]),
				]}
			/>
		</>
	);
}

const MOST_BARS = 8;
const isLanguage = (tag: string): tag is Language => LANGUAGES.some((one) => one === tag);
/** So long that it fits before its bar. */
const shorten = (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name);

function figureColumns({ t }: Wording): string[] {
	return [
		...[t("colVisits"), t("colMedian"), t("colLate"), t("colService"), t("colLevel")],
		...[t("colNoShows"), t("colLeft"), t("colClosed")],
	];
}

function figureCells(row: Figures, { t, format }: Wording): string[] {
	const count = (value: number | null) => (value === null ? t("statsFew") : format.count(value));
	if (row.visits === null) return [t("statsFew"), ...Array.from({ length: 7 }, () => "–")];
	return [
		count(row.visits),
		...[row.wait?.medianMs, row.wait?.p90Ms, row.service?.medianMs].map((ms) =>
			ms === undefined ? "–" : format.length(ms),
		),
		row.serviceLevel === null ? "–" : format.percent(row.serviceLevel),
		...[count(row.noShows), count(row.abandoned), count(row.closed)],
	];
}

function Forecast({ statistics: { forecast }, wording: { t, format } }: PartProps) {
	if (!forecast) return null;
	const { serviceDay, arrivals, low, high, errorShare, testedDays } = forecast;
	return (
		<section className={styles.forecast}>
			<h3>
				{t("forecast", {
					...{ day: format.day(serviceDay), arrivals: format.count(arrivals) },
					...{ low: format.count(Math.floor(low)), high: format.count(Math.ceil(high)) },
				})}
			</h3>
			<p>
				{errorShare === null
					? t("forecastUntested")
					: t("forecastError", { error: format.percent(errorShare), days: format.count(testedDays) })}
			</p>
		</section>
	);
}
