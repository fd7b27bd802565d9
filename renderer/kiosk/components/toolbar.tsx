import type { KioskMessageKey, KioskTranslate } from "../messages/messages.ts";
import { languageOf, type Mode } from "../state/state.ts";
import { useDispatch, useKiosk, useKioskContext } from "./context.ts";
import { Icon } from "./icon.tsx";
import styles from "./toolbar.module.css";

const MODE_TOOLBAR: readonly { mode: Mode; icon: string; label: KioskMessageKey }[] = [
	{ mode: "reach", icon: "accessibility", label: "toolbar.reach" },
	{ mode: "text", icon: "a-large-small", label: "toolbar.text" },
	{ mode: "contrast", icon: "contrast", label: "toolbar.contrast" },
];

/** What helps at any point of a visit. Always at the foot of the screen, always in the same order. */
export function Toolbar() {
	const { messages } = useKioskContext();
	const visit = useKiosk("visit");
	const modes = useKiosk("modes");
	const spoken = useKiosk("spoken");
	const dispatch = useDispatch();
	const language = visit.at === "opening" ? undefined : languageOf(visit);
	const t = messages.t(language ?? "zh-Hans");

	return (
		<nav className={styles.tools} aria-label={t("toolbar.label")}>
			{language && (
				<button
					type="button"
					className={styles.tool}
					disabled={visit.at === "issuing"}
					onClick={() => dispatch({ type: "languages-asked" })}
				>
					<Icon name="languages" />
					<Label t={t} word="toolbar.language" />
				</button>
			)}
			{MODE_TOOLBAR.map(({ mode, icon, label }) => (
				<button
					key={mode}
					type="button"
					className={mode === "reach" ? styles.reach : styles.tool}
					aria-pressed={modes[mode] === "changed"}
					onClick={() => dispatch({ type: "mode-switched", mode })}
				>
					<Icon name={modes[mode] === "changed" ? "check" : icon} />
					<Label t={t} word={label} english={language ? null : messages.t("en")} />
				</button>
			))}
			{(language ? spoken.includes(language) : spoken.length > 0) && (
				<button
					type="button"
					className={styles.tool}
					aria-pressed={modes.listen === "changed"}
					onClick={() =>
						// What the dialog says is said in one language.
						dispatch(
							language && modes.listen === "changed"
								? { type: "listen-asked" }
								: { type: "mode-switched", mode: "listen" },
						)
					}
				>
					<Icon name="volume-2" />
					<Label t={t} word="readAloud.open" english={language ? null : messages.t("en")} />
				</button>
			)}
			<button type="button" className={styles.tool} onClick={() => dispatch({ type: "staff-asked" })}>
				<Icon name="message-circle-question-mark" />
				<Label t={t} word="toolbar.staff" english={language ? null : messages.t("en")} />
			</button>
		</nav>
	);
}

/** Before a language is chosen the label stands in Chinese and in English. */
function Label({
	t,
	word,
	english = null,
}: {
	t: KioskTranslate;
	word: KioskMessageKey;
	english?: KioskTranslate | null;
}) {
	return (
		<span className={styles.label}>
			<span>{t(word)}</span>
			{english && <span lang="en">{english(word)}</span>}
		</span>
	);
}
