import { useEffect, useRef } from "react";
import { formatDateTime, formatRelative } from "../../i18n/format-time.ts";
import shared from "../fleet.module.css";
import { messageOfCode } from "../messages/messages.ts";
import { refusalsOf } from "../state/classify.ts";
import { FIELDS, fieldsOf } from "../state/station-fields.ts";
import { CommandList } from "./command-list.tsx";
import { Actions, Device } from "./station-actions.tsx";
import styles from "./station-card.module.css";
import type { StationCardProps } from "./view-props.ts";

/** One station: its issues, actions, fields and commands. */
export function StationCard(props: StationCardProps) {
	const { state, dispatch, t, language, station, classification, names, now, fleet } = props;
	const heading = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus when another station is shown.
	useEffect(() => heading.current?.focus(), [station.id]);
	const fields = fieldsOf(station, { t, language, now });
	const isEnrolled = station.enrolledAt !== null && station.revokedAt === null;
	const { forks, forksReviewed } = station;
	const refusals = refusalsOf(station);
	return (
		<section className={styles.card} aria-labelledby="station">
			<header className={styles.head}>
				<h2 id="station" ref={heading} tabIndex={-1}>
					{names.site(station.site) ?? station.site}
				</h2>
				<button
					type="button"
					className={styles.close}
					aria-label={t("close")}
					onClick={() => dispatch({ type: "chosen", station: null })}
				>
					<svg viewBox="0 0 20 20" aria-hidden="true">
						<path d="M5 5 15 15M15 5 5 15" />
					</svg>
				</button>
				<p className={shared.hint}>
					{station.site}
					<br />
					<span className={styles.id}>{station.id}</span>
					<br />
					{station.revokedAt !== null
						? t("revokedAt", { time: formatDateTime(station.revokedAt, language) })
						: station.enrolledAt === null
							? t("notEnrolled")
							: t("enrolledAt", { time: formatDateTime(station.enrolledAt, language) })}
					{station.codeUntil !== null && ` · ${t("codeOpen", { time: formatDateTime(station.codeUntil, language) })}`}
				</p>
			</header>
			<div className={styles.body}>
				{classification.issues.length > 0 && (
					<ul className={styles.issues} data-severity={classification.severity}>
						{classification.issues.map((issue) => (
							<li key={issue}>
								{t(`issueLong.${issue}`)}
								{issue === "fork" && (
									<button type="button" onClick={() => void fleet.reviewForks(station.id, forks)}>
										{t("action.review-forks")}
									</button>
								)}
							</li>
						))}
					</ul>
				)}
				{isEnrolled && <Actions {...props} />}
				{state.refused && (
					<p role="alert" className={shared.refusal}>
						{messageOfCode(t, "refused", state.refused.code)}
					</p>
				)}
				<dl className={styles.fields}>
					{FIELDS.map((field) => (
						<div key={field}>
							<dt>{t(`column.${field}`)}</dt>
							<dd>{fields[field]}</dd>
						</div>
					))}
				</dl>
				{forksReviewed !== null && (
					<p className={shared.hint}>
						{t("forksReviewed", {
							count: forksReviewed.forks,
							name: forksReviewed.by,
							time: formatDateTime(forksReviewed.at, language),
						})}
					</p>
				)}
				<CommandList {...props} />
				{refusals.length > 0 && (
					<>
						<h3>{t("refusals")}</h3>
						<ul className={styles.lines}>
							{refusals.map(({ code, count, lastAt }) => (
								<li key={code}>
									<code>{code}</code>
									<span className={shared.hint}>
										{t("times", { count })} · {formatRelative(lastAt, now, language)}
									</span>
								</li>
							))}
						</ul>
					</>
				)}
			</div>
			<Device {...props} isEnrolled={isEnrolled} />
		</section>
	);
}
