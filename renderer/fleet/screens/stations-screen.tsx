import { useEffect, useMemo, useState } from "react";
import unseen from "../../ui/visually-hidden.module.css";
import { Enrolling } from "../components/enrolment-form.tsx";
import { StationCard } from "../components/station-card.tsx";
import { StationTable } from "../components/station-table.tsx";
import type { ViewProps } from "../components/view-props.ts";
import { moment } from "../messages/format-time.ts";
import { namesIn } from "../state/catalogue-names.ts";
import { classifyBackup, classifyFleet, pickStations, rejectedUnattributed, type Severity } from "../state/classify.ts";
import styles from "./stations-screen.module.css";

/** Ages on the page are counted on at this pace, in milliseconds. */
const TICK = 5_000;
const SEVERITIES: readonly Severity[] = ["bad", "attention", "good", "none"];

export function StationsView(props: ViewProps) {
	const { state, dispatch, t, language } = props;
	const { picture, cameAt, filter, severity, chosen } = state;
	const now = useNow(picture.time, cameAt);
	const names = useMemo(() => namesIn(state.names, language), [state.names, language]);
	const all = useMemo(() => classifyFleet(picture, now), [picture, now]);
	const shown = useMemo(() => pickStations(all, { filter, severity }, names.site), [all, filter, severity, names]);
	const open = all.find(({ station }) => station.id === chosen);
	const isBacked = classifyBackup(picture.backup, now);
	const strangers = rejectedUnattributed(picture, now);

	return (
		<main className={styles.stations} data-open={open !== undefined}>
			<section className={styles.list}>
				{(isBacked === "never" || isBacked === "old") && (
					<p className={styles.notice} role="status">
						{t(`backupLong.${isBacked}`, { time: moment(picture.backup.missingSince ?? now, language) })}{" "}
						<code>paihao server export --data DIR --out FILE</code>
					</p>
				)}
				{strangers.length > 0 && (
					<p className={styles.notice}>
						{t("strangers", { time: moment(strangers[0]?.lastAt ?? now, language) })}{" "}
						<code>{strangers.map(({ code, count }) => `${code} ×${count}`).join(" · ")}</code>
					</p>
				)}
				<div className={styles.tools}>
					<fieldset className={styles.standings}>
						<legend className={unseen.unseen}>{t("column.standing")}</legend>
						{([null, ...SEVERITIES] as const).map((one) => {
							const count = all.filter(({ classification }) => one === null || classification.severity === one).length;
							return (
								<button
									key={one}
									type="button"
									data-standing={one}
									data-nothing={count === 0}
									aria-pressed={severity === one}
									onClick={() => dispatch({ type: "standing", severity: one })}
								>
									<span>{t(one === null ? "standing.all" : `standing.${one}`)}</span> <strong>{count}</strong>
								</button>
							);
						})}
					</fieldset>
					<label className={styles.search}>
						<span className={unseen.unseen}>{t("filter")}</span>
						<svg viewBox="0 0 20 20" aria-hidden="true">
							<path d="M9 3a6 6 0 1 0 3.7 10.7l3.8 3.8 1-1-3.8-3.8A6 6 0 0 0 9 3Zm0 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z" />
						</svg>
						<input
							type="search"
							value={filter}
							placeholder={t("filter")}
							onChange={(event) => dispatch({ type: "filter", filter: event.currentTarget.value })}
						/>
					</label>
					<button
						type="button"
						className={styles.enrol}
						aria-expanded={state.enrolling}
						onClick={() => dispatch({ type: "enrolling", enrolling: !state.enrolling })}
					>
						{t("enrol")}
					</button>
				</div>
				<Enrolling {...props} names={names} />
				<StationTable {...props} shown={shown} names={names} now={now} />
			</section>
			{open !== undefined && <StationCard {...props} {...open} names={names} now={now} />}
		</main>
	);
}

/** The server's clock, as this machine counts it on from the last picture. */
function useNow(time: number, cameAt: number): number {
	const [ticked, setTicked] = useState(Date.now);
	useEffect(() => {
		const timer = window.setInterval(() => setTicked(Date.now()), TICK);
		return () => window.clearInterval(timer);
	}, []);
	return time + Math.max(0, ticked - cameAt);
}
