import { useEffect, useRef } from "react";
import shared from "../fleet.module.css";
import { ago, moment } from "../messages/format-time.ts";
import { sayCode } from "../messages/messages.ts";
import { refusalsOf } from "../state/classify.ts";
import { FACTS, factsOf } from "../state/station-fields.ts";
import { CommandList } from "./command-list.tsx";
import { Acts, Device } from "./station-actions.tsx";
import styles from "./station-card.module.css";
import type { StationCardProps } from "./view-props.ts";

/** One station: what is the matter, what can be done, and what became of what was done. */
export function StationCard(props: StationCardProps) {
	const { state, tell, say, language, station, judgement, names, now, fleet } = props;
	const heading = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus when another station is shown.
	useEffect(() => heading.current?.focus(), [station.id]);
	const facts = factsOf(station, { say, language, now });
	const isLet = station.enrolledAt !== null && station.retiredAt === null;
	const { forks, forksSeen } = station;
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
					aria-label={say("close")}
					onClick={() => tell({ type: "chosen", station: null })}
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
					{station.retiredAt !== null
						? say("shutOutAt", { time: moment(station.retiredAt, language) })
						: station.enrolledAt === null
							? say("notEnrolled")
							: say("enrolledAt", { time: moment(station.enrolledAt, language) })}
					{station.codeUntil !== null && ` · ${say("codeOpen", { time: moment(station.codeUntil, language) })}`}
				</p>
			</header>
			<div className={styles.body}>
				{judgement.matters.length > 0 && (
					<ul className={styles.matters} data-standing={judgement.standing}>
						{judgement.matters.map((matter) => (
							<li key={matter}>
								{say(`matterLong.${matter}`)}
								{matter === "fork" && (
									<button type="button" onClick={() => void fleet.seeForks(station.id, forks)}>
										{say("act.see-forks")}
									</button>
								)}
							</li>
						))}
					</ul>
				)}
				{isLet && <Acts {...props} />}
				{state.refused && (
					<p role="alert" className={shared.refusal}>
						{sayCode(say, "refused", state.refused.code)}
					</p>
				)}
				<dl className={styles.facts}>
					{FACTS.map((fact) => (
						<div key={fact}>
							<dt>{say(`column.${fact}`)}</dt>
							<dd>{facts[fact]}</dd>
						</div>
					))}
				</dl>
				{forksSeen !== null && (
					<p className={shared.hint}>
						{say("forksSeen", {
							count: forksSeen.forks,
							name: forksSeen.by,
							time: moment(forksSeen.at, language),
						})}
					</p>
				)}
				<CommandList {...props} />
				{refusals.length > 0 && (
					<>
						<h3>{say("refusals")}</h3>
						<ul className={styles.lines}>
							{refusals.map(({ code, count, lastAt }) => (
								<li key={code}>
									<code>{code}</code>
									<span className={shared.hint}>
										{say("times", { count })} · {ago(lastAt, now, language)}
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
