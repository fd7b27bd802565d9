import { useState } from "react";
import unseen from "../../ui/visually-hidden.module.css";
import shared from "../fleet.module.css";
import { topicsOf } from "../state/classify.ts";
import styles from "./station-card.module.css";
import type { StationCardProps, ViewProps } from "./view-props.ts";

/** What a station can be told. */
export function Actions(props: StationCardProps) {
	const { state, dispatch, fleet, t, station } = props;
	if (state.doubt === "restart")
		return (
			<Sure
				{...{ dispatch, t }}
				question={t("restartSure")}
				action={t("action.restart")}
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
				{t("action.print-test")}
			</button>
			<button type="button" className={shared.quiet} onClick={() => dispatch({ type: "doubt", doubt: "restart" })}>
				{t("action.restart")}
			</button>
			<Topics {...props} key={station.id} />
		</div>
	);
}

/** Closing and opening stand apart: what is under the finger never becomes its opposite. */
function Topics({ fleet, t, station, names }: StationCardProps) {
	const [topic, setTopic] = useState("");
	const isOpen = (id: string) => station.report?.topics.includes(id) ?? false;
	const set = (open: boolean) => {
		if (topic !== "" && isOpen(topic) !== open) void fleet.command(station.id, { kind: "set-topic", topic, open });
	};
	return (
		<fieldset className={styles.topics}>
			<legend className={unseen.unseen}>{t("topic")}</legend>
			<select value={topic} aria-label={t("topic")} onChange={(event) => setTopic(event.currentTarget.value)}>
				<option value="">{t("topicChoose")}</option>
				{topicsOf(station, names.topics).map((one) => (
					<option key={one} value={one}>
						{names.topic(one) ?? one}
						{isOpen(one) ? "" : ` (${t("topicClosed")})`}
					</option>
				))}
			</select>
			<button
				type="button"
				className={shared.quiet}
				aria-disabled={topic === "" || !isOpen(topic)}
				onClick={() => set(false)}
			>
				{t("action.close-topic")}
			</button>
			<button
				type="button"
				className={shared.quiet}
				aria-disabled={topic === "" || isOpen(topic)}
				onClick={() => set(true)}
			>
				{t("action.open-topic")}
			</button>
		</fieldset>
	);
}

/** What concerns the machine that stands there; always in sight below the card. */
export function Device({ state, dispatch, fleet, t, station, isLet }: StationCardProps & { isLet: boolean }) {
	if (state.doubt === "revoke")
		return (
			<footer className={styles.device}>
				<Sure
					{...{ dispatch, t }}
					question={t("shutOutSure")}
					action={t("action.revoke")}
					onSure={() => void fleet.revoke(station.id)}
				/>
			</footer>
		);
	if (state.doubt === "remove")
		return (
			<footer className={styles.device}>
				<Sure
					{...{ dispatch, t }}
					question={t("removeSure")}
					action={t("action.remove")}
					onSure={() => void fleet.remove(station.id)}
				/>
			</footer>
		);
	return (
		<footer className={styles.device}>
			<h3>{t("device")}</h3>
			<button type="button" className={shared.quiet} onClick={() => void fleet.makeCode(station.site)}>
				{t(isLet ? "codeAnother" : "makeCode")}
			</button>
			{isLet && (
				<button type="button" className={shared.grave} onClick={() => dispatch({ type: "doubt", doubt: "revoke" })}>
					{t("action.revoke")}
				</button>
			)}
			{station.enrolledAt === null && (
				<button type="button" className={shared.grave} onClick={() => dispatch({ type: "doubt", doubt: "remove" })}>
					{t("action.remove")}
				</button>
			)}
		</footer>
	);
}

interface SureProps extends Pick<ViewProps, "dispatch" | "t"> {
	question: string;
	action: string;
	onSure(): void;
}

function Sure({ dispatch, t, question, action, onSure }: SureProps) {
	return (
		<div className={styles.sure} role="alert">
			<p>{question}</p>
			<button type="button" className={shared.quiet} onClick={() => dispatch({ type: "doubt", doubt: null })}>
				{t("back")}
			</button>
			<button type="button" className={shared.danger} onClick={onSure}>
				{action}
			</button>
		</div>
	);
}
