import type { ReactNode } from "react";
import { DayFigures } from "./day-figures.tsx";
import type { FiguresProps } from "./findings.ts";
import { NamedFigures } from "./named-figures.tsx";
import styles from "./statistics.module.css";
import { TimeFigures } from "./time-figures.tsx";

interface ReportProps extends FiguresProps {
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
					<TimeFigures statistics={statistics} wording={wording} />
					<DayFigures statistics={statistics} wording={wording} />
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

function KeyFigures({ statistics: { total, withinMinutes, forecast }, wording: { t, format } }: FiguresProps) {
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

function Forecast({ statistics: { forecast }, wording: { t, format } }: FiguresProps) {
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
