import { useState } from "react";
import { instantOfWallClock, wallClock } from "../../../lib/time/wall-clock.ts";
import { formatDateTime } from "../../i18n/format-time.ts";
import hidden from "../../ui/visually-hidden.module.css";
import shared from "../fleet.module.css";
import { topicsOf, zoneOf } from "../state/classify.ts";
import styles from "./station-card.module.css";
import type { StationCardProps, ViewProps } from "./view-props.ts";

/** The commands for a station. */
export function Actions(props: StationCardProps) {
	const { state, dispatch, fleet, t, station } = props;
	if (state.confirming === "restart")
		return (
			<ConfirmPrompt
				{...{ dispatch, t }}
				question={t("restartConfirm")}
				action={t("action.restart")}
				onConfirm={() => void fleet.command(station.id, { kind: "restart" })}
			/>
		);
	return (
		<div className={styles.actions}>
			<button
				type="button"
				className={shared.quiet}
				onClick={() => void fleet.command(station.id, { kind: "print-test" })}
			>
				{t("action.print-test")}
			</button>
			<button
				type="button"
				className={shared.quiet}
				onClick={() => dispatch({ type: "confirming", confirming: "restart" })}
			>
				{t("action.restart")}
			</button>
			<Site {...props} key={`site of ${station.id}`} />
			<Topics {...props} key={station.id} />
		</div>
	);
}

/** Closes the whole site, or opens it again. It opens by itself at the end of a closure. */
function Site({ fleet, t, station, language }: StationCardProps) {
	const [time, setTime] = useState("");
	const closedUntil = station.report?.closedUntil ?? null;
	const zone = zoneOf(station);
	if (closedUntil !== null)
		return (
			<fieldset className={styles.topics}>
				<legend>{t("closedUntil", { time: formatDateTime(closedUntil, language, zone) })}</legend>
				<button
					type="button"
					className={shared.quiet}
					onClick={() => void fleet.command(station.id, { kind: "reopen-site" })}
				>
					{t("action.reopen-site")}
				</button>
			</fieldset>
		);
	return (
		<fieldset className={styles.topics}>
			<button
				type="button"
				className={shared.quiet}
				onClick={() => void fleet.command(station.id, { kind: "close-site", until: null })}
			>
				{t("action.close-site")}
			</button>
			<input
				type="time"
				aria-label={t("closeUntilTime")}
				value={time}
				onChange={(event) => setTime(event.currentTarget.value)}
			/>
			<button
				type="button"
				className={shared.quiet}
				aria-disabled={time === ""}
				onClick={() => {
					if (time === "") return;
					const until = instantOfWallClock(wallClock(Date.now(), zone).date, time, zone);
					void fleet.command(station.id, { kind: "close-site", until });
				}}
			>
				{t("closeUntil")}
			</button>
		</fieldset>
	);
}

/** Two buttons, because one that toggles would reverse itself under a double click. */
function Topics({ fleet, t, station, names }: StationCardProps) {
	const [topic, setTopic] = useState("");
	const open = new Set<string>(station.report?.topics);
	const isOpen = (id: string) => open.has(id);
	const set = (isOpenNext: boolean) => {
		if (topic !== "" && isOpen(topic) !== isOpenNext)
			void fleet.command(station.id, { kind: "set-topic", topic, open: isOpenNext });
	};
	return (
		<fieldset className={styles.topics}>
			<legend className={hidden.visuallyHidden}>{t("topic")}</legend>
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

/** Actions on the station's device, always visible below the card. */
export function Device({ state, dispatch, fleet, t, station, isEnrolled }: StationCardProps & { isEnrolled: boolean }) {
	if (state.confirming === "revoke")
		return (
			<footer className={styles.device}>
				<ConfirmPrompt
					{...{ dispatch, t }}
					question={t("revokeConfirm")}
					action={t("action.revoke")}
					onConfirm={() => void fleet.revoke(station.id)}
				/>
			</footer>
		);
	if (state.confirming === "remove")
		return (
			<footer className={styles.device}>
				<ConfirmPrompt
					{...{ dispatch, t }}
					question={t("removeConfirm")}
					action={t("action.remove")}
					onConfirm={() => void fleet.remove(station.id)}
				/>
			</footer>
		);
	return (
		<footer className={styles.device}>
			<h3>{t("device")}</h3>
			<button type="button" className={shared.quiet} onClick={() => void fleet.makeCode(station.site)}>
				{t(isEnrolled ? "codeAnother" : "makeCode")}
			</button>
			{isEnrolled && (
				<button
					type="button"
					className={shared.destructive}
					onClick={() => dispatch({ type: "confirming", confirming: "revoke" })}
				>
					{t("action.revoke")}
				</button>
			)}
			{station.enrolledAt === null && (
				<button
					type="button"
					className={shared.destructive}
					onClick={() => dispatch({ type: "confirming", confirming: "remove" })}
				>
					{t("action.remove")}
				</button>
			)}
		</footer>
	);
}

interface ConfirmPromptProps extends Pick<ViewProps, "dispatch" | "t"> {
	question: string;
	action: string;
	onConfirm(): void;
}

function ConfirmPrompt({ dispatch, t, question, action, onConfirm }: ConfirmPromptProps) {
	return (
		<div className={styles.confirm} role="alert">
			<p>{question}</p>
			<button type="button" className={shared.quiet} onClick={() => dispatch({ type: "confirming", confirming: null })}>
				{t("back")}
			</button>
			<button type="button" className={shared.danger} onClick={onConfirm}>
				{action}
			</button>
		</div>
	);
}
