import type { KioskWordKey } from "../messages/messages.ts";
import { WARNING_LASTS } from "../state/state.ts";
import { Button } from "./button.tsx";
import { useKiosk, useParts, useTell, useWords } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

export default function IdleDialog() {
	const overlay = useKiosk("overlay");
	const visit = useKiosk("visit");
	const { words } = useParts();
	const { say } = useWords();
	const tell = useTell();
	if (overlay.kind !== "idle") return null;
	// Before a language is chosen it asks in Chinese and in English.
	const english = visit.at === "languages" ? words.say("en") : undefined;
	const both = (key: KioskWordKey) => (
		<>
			{say(key)}{" "}
			{english && (
				<span className={styles.whole} lang="en">
					{english(key)}
				</span>
			)}
		</>
	);
	return (
		<Dialog label={say("idle.title")} onCancel={() => tell({ type: "stayed" })}>
			<span className={styles.picture}>
				<Icon name="clock" />
			</span>
			<h2 className={styles.title}>{say("idle.title")}</h2>
			{english && (
				<p className={styles.chinese} lang="en">
					{english("idle.title")}
				</p>
			)}
			<p className={styles.text} role="timer">
				{say("idle.hint", { count: overlay.seconds })}
			</p>
			<progress className={styles.progress} max={WARNING_LASTS / 1000} value={overlay.seconds} aria-hidden="true" />
			<div className={styles.three}>
				<Button kind="primary" onPress={() => tell({ type: "stayed" })}>
					{both("idle.stay")}
				</Button>
				<Button kind="plain" onPress={() => tell({ type: "left" })}>
					{both("idle.leave")}
				</Button>
				<Button
					kind="plain"
					icon={<Icon name="message-circle-question-mark" />}
					onPress={() => tell({ type: "staff-asked" })}
				>
					{say("tools.staff")}
				</Button>
			</div>
		</Dialog>
	);
}
