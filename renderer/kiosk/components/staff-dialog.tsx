import { STAFF_CALL_MESSAGES } from "../messages/staff-call.ts";
import { lastLanguageOf } from "../state/state.ts";
import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useKioskContext } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** Says that staff were told, or that one of them is coming, once that is so; until then it asks the visitor to speak to staff. Also in Chinese, so that the visitor can show it to anyone. */
export default function StaffDialog() {
	const overlay = useKiosk("overlay");
	const state = useKiosk("state");
	const { messages } = useKioskContext();
	const dispatch = useDispatch();
	if (overlay.kind !== "staff") return null;
	const language = lastLanguageOf(state) ?? "en";
	const t = messages.t(language);
	const lang = messages.has(language) ? language : "en";
	const chinese = messages.t("zh-Hans");
	const { title, hint } = STAFF_CALL_MESSAGES[overlay.call];
	const close = () => dispatch({ type: "overlay-closed" });
	return (
		<Dialog label={t(title)} onCancel={close}>
			<span className={styles.icon}>
				<Icon name="message-circle-question-mark" />
			</span>
			<div role="status" className={styles.status}>
				<h2 className={styles.title} lang={lang}>
					{t(title)}
				</h2>
				<p className={styles.text} lang={lang}>
					{t(hint)}
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
