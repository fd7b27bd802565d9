import { useEffect, useRef } from "react";
import shared from "../fleet.module.css";
import { formatRelative, moment } from "../messages/format-time.ts";
import { messageOfCode } from "../messages/messages.ts";
import { refusalsOf } from "../state/classify.ts";
import { FACTS, factsOf } from "../state/station-fields.ts";
import { CommandList } from "./command-list.tsx";
import { Actions, Device } from "./station-actions.tsx";
import styles from "./station-card.module.css";
import type { StationCardProps } from "./view-props.ts";

/** One station: what is the matter, what can be done, and what became of what was done. */
export function StationCard(props: StationCardProps) {
	const { state, dispatch, t, language, station, classification, names, now, fleet } = props;
	const heading = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus when another station is shown.
	useEffect(() => heading.current?.focus(), [station.id]);
	const facts = factsOf(station, { t, language, now });
	const isLet = station.enrolledAt !== null && station.revokedAt === null;
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
						? t("shutOutAt", { time: moment(station.revokedAt, language) })
						: station.enrolledAt === null
							? t("notEnrolled")
							: t("enrolledAt", { time: moment(station.enrolledAt, language) })}
					{station.codeUntil !== null && ` · ${t("codeOpen", { time: moment(station.codeUntil, language) })}`}
				</p>
			</header>
			<div className={styles.body}>
				{classification.issues.length > 0 && (
					<ul className={styles.matters} data-standing={classification.severity}>
						{classification.issues.map((matter) => (
							<li key={matter}>
								{t(`matterLong.${matter}`)}
								{matter === "fork" && (
									<button type="button" onClick={() => void fleet.reviewForks(station.id, forks)}>
										{t("action.review-forks")}
									</button>
								)}
							</li>
						))}
					</ul>
				)}
				{isLet && <Actions {...props} />}
				{state.refused && (
					<p role="alert" className={shared.refusal}>
						{messageOfCode(t, "refused", state.refused.code)}
					</p>
				)}
				<dl className={styles.facts}>
					{FACTS.map((fact) => (
						<div key={fact}>
							<dt>{t(`column.${fact}`)}</dt>
							<dd>{facts[fact]}</dd>
						</div>
					))}
				</dl>
				{forksReviewed !== null && (
					<p className={shared.hint}>
						{t("forksSeen", {
							count: forksReviewed.forks,
							name: forksReviewed.by,
							time: moment(forksReviewed.at, language),
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
			<Device {...props} isLet={isLet} />
		</section>
	);
}
