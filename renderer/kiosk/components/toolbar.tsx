import type { KioskSay, KioskWordKey } from "../messages/messages.ts";
import { languageOf, type Mode } from "../state/state.ts";
import { useKiosk, useParts, useTell } from "./context.ts";
import { Icon } from "./icon.tsx";
import styles from "./toolbar.module.css";

const MODE_TOOLS: readonly { mode: Mode; icon: string; label: KioskWordKey }[] = [
	{ mode: "reach", icon: "accessibility", label: "tools.reach" },
	{ mode: "text", icon: "a-large-small", label: "tools.text" },
	{ mode: "contrast", icon: "contrast", label: "tools.contrast" },
];

/** What helps at any point of a visit. Always at the foot of the screen, always in the same order. */
export function Tools() {
	const { words } = useParts();
	const visit = useKiosk("visit");
	const modes = useKiosk("modes");
	const spoken = useKiosk("spoken");
	const tell = useTell();
	const language = visit.at === "opening" ? undefined : languageOf(visit);
	const say = words.say(language ?? "zh-Hans");

	return (
		<nav className={styles.tools} aria-label={say("tools.label")}>
			{language && (
				<button
					type="button"
					className={styles.tool}
					disabled={visit.at === "issuing"}
					onClick={() => tell({ type: "languages-asked" })}
				>
					<Icon name="languages" />
					<Label say={say} word="tools.language" />
				</button>
			)}
			{MODE_TOOLS.map(({ mode, icon, label }) => (
				<button
					key={mode}
					type="button"
					className={mode === "reach" ? styles.reach : styles.tool}
					aria-pressed={modes[mode] === "changed"}
					onClick={() => tell({ type: "mode-switched", mode })}
				>
					<Icon name={modes[mode] === "changed" ? "check" : icon} />
					<Label say={say} word={label} english={language ? null : words.say("en")} />
				</button>
			))}
			{(language ? spoken.includes(language) : spoken.length > 0) && (
				<button
					type="button"
					className={styles.tool}
					aria-pressed={modes.listen === "changed"}
					onClick={() =>
						// What the dialog says is said in one language.
						tell(
							language && modes.listen === "changed"
								? { type: "listen-asked" }
								: { type: "mode-switched", mode: "listen" },
						)
					}
				>
					<Icon name="volume-2" />
					<Label say={say} word="listen.open" english={language ? null : words.say("en")} />
				</button>
			)}
			<button type="button" className={styles.tool} onClick={() => tell({ type: "staff-asked" })}>
				<Icon name="message-circle-question-mark" />
				<Label say={say} word="tools.staff" english={language ? null : words.say("en")} />
			</button>
		</nav>
	);
}

/** Before a language is chosen the label stands in Chinese and in English. */
function Label({ say, word, english = null }: { say: KioskSay; word: KioskWordKey; english?: KioskSay | null }) {
	return (
		<span className={styles.label}>
			<span>{say(word)}</span>
			{english && <span lang="en">{english(word)}</span>}
		</span>
	);
}
