import { lastLanguageOf } from "../state/state.ts";
import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useKioskContext } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** Says that the desks have been called once they have, and until then what always helps. In Chinese too, to be shown to whoever is there. */
export default function StaffDialog() {
	const overlay = useKiosk("overlay");
	const visit = useKiosk("visit");
	const { messages } = useKioskContext();
	const dispatch = useDispatch();
	if (overlay.kind !== "staff") return null;
	const language = lastLanguageOf(visit) ?? "en";
	const t = messages.t(language);
	const lang = messages.has(language) ? language : "en";
	const chinese = messages.t("zh-Hans");
	const heard = overlay.call === "heard";
	const title = heard ? "staff.called" : "staff.title";
	const close = () => dispatch({ type: "overlay-closed" });
	return (
		<Dialog label={t(title)} onCancel={close}>
			<span className={styles.picture}>
				<Icon name="message-circle-question-mark" />
			</span>
			<div role="status" className={styles.told}>
				<h2 className={styles.title} lang={lang}>
					{t(title)}
				</h2>
				<p className={styles.text} lang={lang}>
					{t(heard ? "staff.calledHint" : "staff.hint")}
				</p>
				{language !== "zh-Hans" && (
					<p className={styles.chinese} lang="zh-Hans" dir="ltr">
						{chinese(title)}
					</p>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="primary" onPress={close}>
					{t("close")}
				</Button>
			</div>
		</Dialog>
	);
}
