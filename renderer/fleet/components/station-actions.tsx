import { useState } from "react";
import unseen from "../../ui/visually-hidden.module.css";
import shared from "../fleet.module.css";
import { topicsOf } from "../state/classify.ts";
import styles from "./station-card.module.css";
import type { StationCardProps, ViewProps } from "./view-props.ts";

/** What a station can be told. */
export function Acts(props: StationCardProps) {
	const { state, tell, fleet, say, station } = props;
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
				className={shared.quiet}
				onClick={() => void fleet.command(station.id, { kind: "print-test" })}
			>
				{say("act.print-test")}
			</button>
			<button type="button" className={shared.quiet} onClick={() => tell({ type: "doubt", doubt: "restart" })}>
				{say("act.restart")}
			</button>
			<Topics {...props} key={station.id} />
		</div>
	);
}

/** Closing and opening stand apart: what is under the finger never becomes its opposite. */
function Topics({ fleet, say, station, names }: StationCardProps) {
	const [topic, setTopic] = useState("");
	const isOpen = (id: string) => station.report?.topics.includes(id) ?? false;
	const set = (open: boolean) => {
		if (topic !== "" && isOpen(topic) !== open) void fleet.command(station.id, { kind: "set-topic", topic, open });
	};
	return (
		<fieldset className={styles.topics}>
			<legend className={unseen.unseen}>{say("topic")}</legend>
			<select value={topic} aria-label={say("topic")} onChange={(event) => setTopic(event.currentTarget.value)}>
				<option value="">{say("topicChoose")}</option>
				{topicsOf(station, names.topics).map((one) => (
					<option key={one} value={one}>
						{names.topic(one) ?? one}
						{isOpen(one) ? "" : ` (${say("topicClosed")})`}
					</option>
				))}
			</select>
			<button
				type="button"
				className={shared.quiet}
				aria-disabled={topic === "" || !isOpen(topic)}
				onClick={() => set(false)}
			>
				{say("act.close-topic")}
			</button>
			<button
				type="button"
				className={shared.quiet}
				aria-disabled={topic === "" || isOpen(topic)}
				onClick={() => set(true)}
			>
				{say("act.open-topic")}
			</button>
		</fieldset>
	);
}

/** What concerns the machine that stands there; always in sight below the card. */
export function Device({ state, tell, fleet, say, station, isLet }: StationCardProps & { isLet: boolean }) {
	if (state.doubt === "shut-out")
		return (
			<footer className={styles.device}>
				<Sure
					{...{ tell, say }}
					question={say("shutOutSure")}
					act={say("act.shut-out")}
					onSure={() => void fleet.shutOut(station.id)}
				/>
			</footer>
		);
	if (state.doubt === "remove")
		return (
			<footer className={styles.device}>
				<Sure
					{...{ tell, say }}
					question={say("removeSure")}
					act={say("act.remove")}
					onSure={() => void fleet.remove(station.id)}
				/>
			</footer>
		);
	return (
		<footer className={styles.device}>
			<h3>{say("device")}</h3>
			<button type="button" className={shared.quiet} onClick={() => void fleet.makeCode(station.site)}>
				{say(isLet ? "codeAnother" : "makeCode")}
			</button>
			{isLet && (
				<button type="button" className={shared.grave} onClick={() => tell({ type: "doubt", doubt: "shut-out" })}>
					{say("act.shut-out")}
				</button>
			)}
			{station.enrolledAt === null && (
				<button type="button" className={shared.grave} onClick={() => tell({ type: "doubt", doubt: "remove" })}>
					{say("act.remove")}
				</button>
			)}
		</footer>
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
			<button type="button" className={shared.quiet} onClick={() => tell({ type: "doubt", doubt: null })}>
				{say("back")}
			</button>
			<button type="button" className={shared.danger} onClick={onSure}>
				{act}
			</button>
		</div>
	);
}
