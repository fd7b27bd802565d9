import type { KioskMessageKey, KioskTranslate } from "../messages/messages.ts";
import type { Mode } from "../state/modes.ts";
import { shownLanguageOf } from "../state/state.ts";
import { useDispatch, useKiosk, useKioskContext } from "./context.ts";
import { Icon } from "./icon.tsx";
import styles from "./toolbar.module.css";

const MODE_BUTTONS: readonly { mode: Mode; icon: string; label: KioskMessageKey }[] = [
	{ mode: "reach", icon: "accessibility", label: "toolbar.reach" },
	{ mode: "text", icon: "a-large-small", label: "toolbar.text" },
	{ mode: "contrast", icon: "contrast", label: "toolbar.contrast" },
];

/** Language, accessibility and help. At the foot of every screen, in the same order. */
export function Toolbar() {
	const { messages } = useKioskContext();
	const state = useKiosk("state");
	const modes = useKiosk("modes");
	const readAloudLanguages = useKiosk("readAloudLanguages");
	const dispatch = useDispatch();
	const language = shownLanguageOf(state);
	const t = messages.t(language ?? "zh-Hans");
	const english = language ? null : messages.t("en");

	return (
		<nav className={styles.toolbar} aria-label={t("toolbar.label")}>
			{language && (
				<button
					type="button"
					className={styles.button}
					disabled={state.at === "issuing"}
					onClick={() => dispatch({ type: "languages-requested" })}
				>
					<Icon name="languages" />
					<Label t={t} message="toolbar.language" />
				</button>
			)}
			{MODE_BUTTONS.map(({ mode, icon, label }) => (
				<button
					key={mode}
					type="button"
					className={mode === "reach" ? styles.reach : styles.button}
					aria-pressed={modes[mode] === "on"}
					onClick={() => dispatch({ type: "mode-switched", mode })}
				>
					<Icon name={modes[mode] === "on" ? "check" : icon} />
					<Label t={t} message={label} english={english} />
				</button>
			))}
			{(language ? readAloudLanguages.includes(language) : readAloudLanguages.length > 0) && (
				<button
					type="button"
					className={styles.button}
					aria-pressed={modes.readAloud === "on"}
					onClick={() =>
						// The dialog needs a selected language.
						dispatch(
							language && modes.readAloud === "on"
								? { type: "read-aloud-opened" }
								: { type: "mode-switched", mode: "readAloud" },
						)
					}
				>
					<Icon name="volume-2" />
					<Label t={t} message="readAloud.open" english={english} />
				</button>
			)}
			<button type="button" className={styles.button} onClick={() => dispatch({ type: "staff-requested" })}>
				<Icon name="message-circle-question-mark" />
				<Label t={t} message="toolbar.staff" english={english} />
			</button>
		</nav>
	);
}

/** Before a language is selected the label is in Chinese and English. */
function Label({
	t,
	message,
	english = null,
}: {
	t: KioskTranslate;
	message: KioskMessageKey;
	english?: KioskTranslate | null;
}) {
	return (
		<span className={styles.label}>
			<span>{t(message)}</span>
			{english && <span lang="en">{english(message)}</span>}
		</span>
	);
}
