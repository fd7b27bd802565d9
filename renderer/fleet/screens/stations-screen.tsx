import { useEffect, useMemo, useState } from "react";
import { formatDateTime } from "../../i18n/format-time.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { EnrolmentForm } from "../components/enrolment-form.tsx";
import { StationCard } from "../components/station-card.tsx";
import { StationTable } from "../components/station-table.tsx";
import type { ViewProps } from "../components/view-props.ts";
import { namesIn } from "../state/catalogue-names.ts";
import { classifyBackup, classifyFleet, pickStations, rejectedUnattributed, type Severity } from "../state/classify.ts";
import styles from "./stations-screen.module.css";

/** How often the page updates relative times. */
const TICK_MS = 5_000;
const SEVERITIES: readonly Severity[] = ["bad", "attention", "good", "none"];

export function StationsScreen(props: ViewProps) {
	const { state, dispatch, t, language } = props;
	const { snapshot, receivedAt, filter, severity, chosen } = state;
	const now = useNow(snapshot.time, receivedAt);
	const names = useMemo(() => namesIn(state.names, language), [state.names, language]);
	const all = useMemo(() => classifyFleet(snapshot, now), [snapshot, now]);
	const shown = useMemo(() => pickStations(all, { filter, severity }, names.site), [all, filter, severity, names]);
	const open = all.find(({ station }) => station.id === chosen);
	const backupStatus = classifyBackup(snapshot.backup, now);
	const unattributed = rejectedUnattributed(snapshot, now);

	return (
		<main className={styles.stations} data-open={open !== undefined}>
			<section className={styles.list}>
				{(backupStatus === "never" || backupStatus === "old") && (
					<p className={styles.notice} role="status">
						{t(`backupLong.${backupStatus}`, { time: formatDateTime(snapshot.backup.missingSince ?? now, language) })}{" "}
						<code>paihao server export --data DIR --out FILE</code>
					</p>
				)}
				{snapshot.disk && snapshot.disk.state !== "enough" && (
					<p className={styles.notice} role="alert">
						{t(`serverDisk.${snapshot.disk.state}`, { percent: snapshot.disk.freePercent })}
					</p>
				)}
				{unattributed.length > 0 && (
					<p className={styles.notice}>
						{t("unattributed", { time: formatDateTime(unattributed[0]?.lastAt ?? now, language) })}{" "}
						<code>{unattributed.map(({ code, count }) => `${code} ×${count}`).join(" · ")}</code>
					</p>
				)}
				<div className={styles.toolbar}>
					<fieldset className={styles.severities}>
						<legend className={hidden.visuallyHidden}>{t("column.severity")}</legend>
						{([null, ...SEVERITIES] as const).map((one) => {
							const count = all.filter(({ classification }) => one === null || classification.severity === one).length;
							return (
								<button
									key={one}
									type="button"
									data-severity={one}
									data-nothing={count === 0}
									aria-pressed={severity === one}
									onClick={() => dispatch({ type: "severity", severity: one })}
								>
									<span>{t(one === null ? "severity.all" : `severity.${one}`)}</span> <strong>{count}</strong>
								</button>
							);
						})}
					</fieldset>
					<label className={styles.search}>
						<span className={hidden.visuallyHidden}>{t("filter")}</span>
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
				<EnrolmentForm {...props} names={names} />
				<StationTable {...props} shown={shown} names={names} now={now} />
			</section>
			{open !== undefined && <StationCard {...props} {...open} names={names} now={now} />}
		</main>
	);
}

/** The server's clock, advanced by this machine's clock since the last snapshot. */
function useNow(time: number, receivedAt: number): number {
	const [ticked, setTicked] = useState(Date.now);
	useEffect(() => {
		const timer = window.setInterval(() => setTicked(Date.now()), TICK_MS);
		return () => window.clearInterval(timer);
	}, []);
	return time + Math.max(0, ticked - receivedAt);
}
