import type { KioskMessageKey } from "../messages/messages.ts";
import { IDLE_WARNING_MS } from "../state/timing.ts";
import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useKioskContext, useMessages } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

export default function IdleDialog() {
	const overlay = useKiosk("overlay");
	const state = useKiosk("state");
	const { messages } = useKioskContext();
	const { t } = useMessages();
	const dispatch = useDispatch();
	if (overlay.kind !== "idle") return null;
	// Before a language is selected the dialog is in Chinese and English.
	const english = state.at === "languages" ? messages.t("en") : undefined;
	const both = (key: KioskMessageKey) => (
		<>
			{t(key)}{" "}
			{english && (
				<span className={styles.nowrap} lang="en">
					{english(key)}
				</span>
			)}
		</>
	);
	return (
		<Dialog label={t("idle.title")} onCancel={() => dispatch({ type: "stayed" })}>
			<span className={styles.icon}>
				<Icon name="clock" />
			</span>
			<h2 className={styles.title}>{t("idle.title")}</h2>
			{english && (
				<p className={styles.chinese} lang="en">
					{english("idle.title")}
				</p>
			)}
			<p className={styles.text} role="timer">
				{t("idle.hint", { count: overlay.seconds })}
			</p>
			<progress className={styles.progress} max={IDLE_WARNING_MS / 1000} value={overlay.seconds} aria-hidden="true" />
			<div className={styles.threeActions}>
				<Button kind="primary" onPress={() => dispatch({ type: "stayed" })}>
					{both("idle.stay")}
				</Button>
				<Button kind="plain" onPress={() => dispatch({ type: "left" })}>
					{both("idle.leave")}
				</Button>
				<Button
					kind="plain"
					icon={<Icon name="message-circle-question-mark" />}
					onPress={() => dispatch({ type: "staff-requested" })}
				>
					{t("toolbar.staff")}
				</Button>
			</div>
		</Dialog>
	);
}
