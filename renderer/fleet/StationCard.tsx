import { useEffect, useRef, useState } from "react";
import type { FleetCommand, FleetStation } from "../../protocol/fleet.ts";
import type { ViewProps } from "./FleetScreen.tsx";
import { FACTS, factsOf } from "./facts.ts";
import styles from "./fleet.module.css";
import { type Judgement, knownTopics } from "./judge.ts";
import { ago, moment } from "./times.ts";
import { sayCode } from "./words.ts";

interface StationCardProps extends ViewProps {
	station: FleetStation;
	judgement: Judgement;
	now: number;
}

/** One station: what is the matter, what can be done, and what became of what was done. */
export function StationCard(props: StationCardProps) {
	const { state, tell, say, language, station, judgement, now } = props;
	const heading = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus when another station is shown.
	useEffect(() => heading.current?.focus(), [station.id]);
	const facts = factsOf(station, { say, language, now });
	const isLet = station.enrolledAt !== null && station.retiredAt === null;
	return (
		<section className={styles.card} aria-labelledby="station">
			<header className={styles.cardHead}>
				<h2 id="station" ref={heading} tabIndex={-1}>
					{station.site}
				</h2>
				<button type="button" className={styles.quiet} onClick={() => tell({ type: "chosen", station: null })}>
					{say("close")}
				</button>
			</header>
			<p className={styles.hint}>
				{station.id}
				<br />
				{station.retiredAt !== null
					? say("shutOutAt", { time: moment(station.retiredAt, language) })
					: station.enrolledAt === null
						? say("notEnrolled")
						: say("enrolledAt", { time: moment(station.enrolledAt, language) })}
				{station.codeUntil !== null && ` · ${say("codeOpen", { time: moment(station.codeUntil, language) })}`}
			</p>
			{judgement.matters.length > 0 && (
				<ul className={styles.matters} data-standing={judgement.standing}>
					{judgement.matters.map((matter) => (
						<li key={matter}>{say(`matterLong.${matter}`)}</li>
					))}
				</ul>
			)}
			<dl className={styles.facts}>
				{FACTS.map((fact) => (
					<div key={fact}>
						<dt>{say(`column.${fact}`)}</dt>
						<dd className={styles.number}>{facts[fact]}</dd>
					</div>
				))}
			</dl>
			{isLet && <Acts {...props} />}
			<p role={state.said?.good === false ? "alert" : "status"} className={styles.told} data-good={state.said?.good}>
				{state.said && (state.said.good ? say(`told.${state.said.act}`) : sayCode(say, "refused", state.said.code))}
			</p>
			<h3>{say("commands")}</h3>
			{station.commands.length === 0 ? (
				<p className={styles.hint}>{say("commandsNone")}</p>
			) : (
				<ol className={styles.commands}>
					{station.commands.map((command) => (
						<CommandLine key={command.number} command={command} {...props} />
					))}
				</ol>
			)}
			{station.refused.length > 0 && (
				<>
					<h3>{say("refusals")}</h3>
					<ul className={styles.commands}>
						{station.refused.map(({ code, count, lastAt }) => (
							<li key={code}>
								<code>{code}</code>
								<span className={styles.hint}>
									{say("times", { count })} · {ago(lastAt, now, language)}
								</span>
							</li>
						))}
					</ul>
				</>
			)}
			<Device {...props} isLet={isLet} />
		</section>
	);
}

function Acts({ state, tell, fleet, say, station }: StationCardProps) {
	const topics = knownTopics(state.picture);
	const [topic, setTopic] = useState("");
	const taken = station.report?.topics.includes(topic) ?? false;
	if (state.doubt === "restart")
		return (
			<Sure
				{...{ tell, say }}
				question={say("restartSure")}
				act={say("act.restart")}
				onSure={() => void fleet.command(station.id, { kind: "restart" })}
			/>
		);
	return (
		<div className={styles.acts}>
			<button
				type="button"
				className={styles.quiet}
				onClick={() => void fleet.command(station.id, { kind: "print-test" })}
			>
				{say("act.print-test")}
			</button>
			<button type="button" className={styles.quiet} onClick={() => tell({ type: "doubt", doubt: "restart" })}>
				{say("act.restart")}
			</button>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					if (topic !== "") void fleet.command(station.id, { kind: "set-topic", topic, open: !taken });
				}}
			>
				<label>
					<span className={styles.unseen}>{say("topic")}</span>
					<select value={topic} required onChange={(event) => setTopic(event.currentTarget.value)}>
						<option value="">{say("topic")}</option>
						{topics.map((one) => (
							<option key={one} value={one}>
								{one}
								{station.report?.topics.includes(one) ? "" : ` (${say("topicClosed")})`}
							</option>
						))}
					</select>
				</label>
				<button type="submit" className={styles.quiet} aria-disabled={topic === ""}>
					{say(topic === "" || taken ? "act.close-topic" : "act.open-topic")}
				</button>
			</form>
		</div>
	);
}

function Device({ state, tell, fleet, say, station, isLet }: StationCardProps & { isLet: boolean }) {
	return (
		<div className={styles.device}>
			<h3>{say("device")}</h3>
			{state.doubt === "shut-out" ? (
				<Sure
					{...{ tell, say }}
					question={say("shutOutSure")}
					act={say("act.shut-out")}
					onSure={() => void fleet.shutOut(station.id)}
				/>
			) : (
				<div className={styles.acts}>
					<button type="button" className={styles.quiet} onClick={() => void fleet.makeCode(station.site)}>
						{say(isLet ? "codeAnother" : "makeCode")}
					</button>
					{isLet && (
						<button type="button" className={styles.grave} onClick={() => tell({ type: "doubt", doubt: "shut-out" })}>
							{say("act.shut-out")}
						</button>
					)}
				</div>
			)}
		</div>
	);
}

interface SureProps extends Pick<ViewProps, "tell" | "say"> {
	question: string;
	act: string;
	onSure(): void;
}

function Sure({ tell, say, question, act, onSure }: SureProps) {
	return (
		<div className={styles.sure} role="alert">
			<p>{question}</p>
			<button type="button" className={styles.quiet} onClick={() => tell({ type: "doubt", doubt: null })}>
				{say("back")}
			</button>
			<button type="button" className={styles.danger} onClick={onSure}>
				{act}
			</button>
		</div>
	);
}

function CommandLine({ command, say, language, now }: StationCardProps & { command: FleetCommand }) {
	const { number, act, madeBy, madeAt, outcome, reason } = command;
	const what = act.kind === "set-topic" ? (act.open ? "open-topic" : "close-topic") : act.kind;
	return (
		<li>
			<span>
				<span className={styles.number}>{number}</span> {say(`act.${what}`)}
				{act.kind === "set-topic" && ` ${act.topic}`}
			</span>
			<span className={styles.outcome} data-outcome={outcome ?? "given"}>
				{say(`outcome.${outcome ?? "given"}`)}
				{reason !== null && <code> {reason}</code>}
			</span>
			<span className={styles.hint}>
				{madeBy ?? say("byServer")} · {ago(madeAt, now, language)}
			</span>
		</li>
	);
}
