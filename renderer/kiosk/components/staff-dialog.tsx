import { lastLanguageOf } from "../state/state.ts";
import { Button } from "./button.tsx";
import { useKiosk, useParts, useTell } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** Says that the desks have been called once they have, and until then what always helps. In Chinese too, to be shown to whoever is there. */
export default function StaffDialog() {
	const overlay = useKiosk("overlay");
	const visit = useKiosk("visit");
	const { words } = useParts();
	const tell = useTell();
	if (overlay.kind !== "staff") return null;
	const language = lastLanguageOf(visit) ?? "en";
	const say = words.say(language);
	const lang = words.has(language) ? language : "en";
	const chinese = words.say("zh-Hans");
	const heard = overlay.call === "heard";
	const title = heard ? "staff.called" : "staff.title";
	const close = () => tell({ type: "overlay-closed" });
	return (
		<Dialog label={say(title)} onCancel={close}>
			<span className={styles.picture}>
				<Icon name="message-circle-question-mark" />
			</span>
			<div role="status" className={styles.told}>
				<h2 className={styles.title} lang={lang}>
					{say(title)}
				</h2>
				<p className={styles.text} lang={lang}>
					{say(heard ? "staff.calledHint" : "staff.hint")}
				</p>
				{language !== "zh-Hans" && (
					<p className={styles.chinese} lang="zh-Hans" dir="ltr">
						{chinese(title)}
					</p>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="primary" onPress={close}>
					{say("close")}
				</Button>
			</div>
		</Dialog>
	);
}
