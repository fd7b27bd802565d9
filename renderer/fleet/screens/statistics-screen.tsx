import { useCallback, useMemo } from "react";
import type { FleetStatistics, SiteFigures } from "../../../protocol/statistics/fleet-statistics.ts";
import { Figure } from "../../ui/statistics/figure.tsx";
import type { Wording } from "../../ui/statistics/findings.ts";
import type { DayRange } from "../../ui/statistics/period.ts";
import { drawNamed, MANY_BARS } from "../../ui/statistics/plots.ts";
import { StatisticsView } from "../../ui/statistics/statistics-view.tsx";
import hidden from "../../ui/visually-hidden.module.css";
import type { ViewProps } from "../components/view-props.ts";
import { messageOfCode } from "../messages/messages.ts";
import { namesIn } from "../state/catalogue-names.ts";
import own from "./statistics-screen.module.css";

/** What the days of all sites show, or of one. */
export function StatisticsScreen({ state, fleet, t, language }: ViewProps) {
	const names = useMemo(() => namesIn(state.names, language), [state.names, language]);
	const topicName = useCallback((id: string) => names.topic(id) ?? id, [names]);
	const siteName = useCallback((id: string) => names.site(id) ?? id, [names]);
	const ask = useCallback(
		(range: DayRange | null, site: string) => fleet.statistics({ ...range, ...(site !== "" && { site }) }),
		[fleet],
	);
	const sites = new Set(state.snapshot.stations.map(({ site }) => site));
	return (
		<main className={own.statistics}>
			<h2 className={hidden.visuallyHidden}>{t("view.statistics")}</h2>
			<StatisticsView<FleetStatistics>
				{...{ ask, topicName, siteName, language }}
				choices={[...sites].map((id) => ({ id, name: siteName(id) }))}
				choiceLabel={t("column.site")}
				allLabel={t("allSites")}
				heading={t("title")}
				loading={t("loading")}
				failureLine={(failure) =>
					messageOfCode(t, "refused", failure.kind === "refused" ? failure.code : "unreachable")
				}
			>
				{(value, wording) => value.site === null && <SitesFigure sites={value.sites} {...{ wording, siteName }} />}
			</StatisticsView>
		</main>
	);
}

interface SitesFigureProps {
	sites: readonly SiteFigures[];
	wording: Wording;
	siteName(id: string): string;
}

function SitesFigure({ sites, wording: { t, format }, siteName }: SitesFigureProps) {
	const known = useMemo(
		() =>
			sites
				.flatMap(({ site, meanWaitMs }) => (meanWaitMs === null ? [] : [{ name: siteName(site), value: meanWaitMs }]))
				.toSorted((one, other) => other.value - one.value),
		[sites, siteName],
	);
	const draw = useMemo(() => drawNamed(known, format.length, MANY_BARS), [known, format]);
	const [longest] = known;
	const count = (value: number | null) => (value === null ? t("statsFew") : format.count(value));
	return (
		<Figure
			title={longest ? t("findSite", { site: longest.name, wait: format.length(longest.value) }) : t("findTooFew")}
			hint={t("hintSites")}
			draw={draw}
			tableLabel={t("statsTable")}
			columns={[
				...[t("colSite"), t("colVisits"), t("colMeanWait"), t("colLevel")],
				...[t("colNoShows"), t("colLeft"), t("colClosed")],
			]}
			rows={sites.map((one) => [
				...[siteName(one.site), count(one.visits)],
				one.meanWaitMs === null ? "–" : format.length(one.meanWaitMs),
				one.serviceLevel === null ? "–" : format.percent(one.serviceLevel),
				...[count(one.noShows), count(one.abandoned), count(one.closed)],
			])}
		/>
	);
}
