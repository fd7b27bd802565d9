import { useEffect, useMemo, useRef, useState } from "react";
import { directionOf, type Language } from "../../../protocol/model/language.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { prepareFonts } from "../../ui/fonts.ts";
import { createVoice, play } from "../../ui/voice.ts";
import { PHRASE_KEYS, type Phrase, type Phrases, phraseForKey, phrasesIn } from "../effects/phrases.ts";
import type { Messages } from "../messages/messages.ts";
import { Dialog } from "./dialog.tsx";
import styles from "./phrase-sheet.module.css";

interface PhraseSheetProps {
	/** The visitor's language. */
	language: Language;
	messages: Messages;
	onDismiss(): void;
}

interface Loaded {
	visitor: Phrases;
	staff: Phrases;
	chinese: Phrases;
}

/** Twenty sentences for the desk: staff choose one by a key, the visitor reads and hears it in their language. */
export function PhraseSheet({ language, messages, onDismiss }: PhraseSheetProps) {
	const loaded = usePhrases(language, messages.language);
	const [chosen, setChosen] = useState<Phrase | null>(null);
	const { speak, isSilent } = useSpeaker(language);
	const keys = loaded === null ? [] : (Object.keys(loaded.visitor) as Phrase[]);

	const choose = (phrase: Phrase | null | undefined) => {
		if (phrase == null) return;
		setChosen(phrase);
		void speak(phrase);
	};
	return (
		<Dialog
			wide
			title={messages.t("phrasesTitle", { language: languageNameIn(language, messages.language) })}
			onDismiss={onDismiss}
			onKeyDown={(event) => {
				if (event.ctrlKey || event.altKey || event.metaKey) return;
				if (event.key === " " && chosen !== null) {
					event.preventDefault();
					void speak(chosen);
				} else choose(keys[phraseForKey(event)]);
			}}
		>
			<div className={styles.sheet}>
				<div className={styles.shown} aria-live="polite">
					{loaded !== null && chosen !== null ? (
						<>
							<p lang={language} dir={directionOf(language)} className={styles.visitor}>
								{loaded.visitor[chosen]}
							</p>
							{language !== "zh-Hans" && <p lang="zh-Hans">{loaded.chinese[chosen]}</p>}
							{isSilent && <p className={styles.silent}>{messages.t("phraseSilent")}</p>}
						</>
					) : (
						<p>{messages.t("phraseKeys")}</p>
					)}
				</div>
				<ol className={styles.phrases}>
					{keys.map((phrase, place) => (
						<li key={phrase}>
							<button
								type="button"
								// biome-ignore lint/a11y/noAutofocus: staff open and use the sheet by keys; the sentences load a moment after it.
								autoFocus={place === 0}
								aria-pressed={phrase === chosen}
								aria-keyshortcuts={PHRASE_KEYS[place]}
								onClick={() => choose(phrase)}
							>
								<span aria-hidden="true" className={styles.key}>
									{PHRASE_KEYS[place]}
								</span>
								<span>{loaded?.staff[phrase]}</span>
							</button>
						</li>
					))}
				</ol>
			</div>
		</Dialog>
	);
}

function usePhrases(language: Language, staff: Language): Loaded | null {
	const [loaded, setLoaded] = useState<Loaded | null>(null);
	useEffect(() => {
		let isUnmounted = false;
		void (async () => {
			const [visitor, own, chinese] = await Promise.all([language, staff, "zh-Hans" as const].map(phrasesIn));
			if (visitor === undefined || own === undefined || chinese === undefined) return;
			await prepareFonts(language, Object.values(visitor).join(""));
			if (!isUnmounted) setLoaded({ visitor, staff: own, chinese });
		})();
		return () => {
			isUnmounted = true;
		};
	}, [language, staff]);
	return loaded;
}

/** Speaks one sentence at a time. `isSilent`: the last one has no recording. */
function useSpeaker(language: Language) {
	const context = useMemo(() => new AudioContext(), []);
	const voice = useMemo(() => createVoice(context), [context]);
	const isSpeaking = useRef(false);
	const [isSilent, setSilent] = useState(false);
	useEffect(() => () => void context.close(), [context]);
	const speak = async (phrase: Phrase) => {
		if (isSpeaking.current) return;
		isSpeaking.current = true;
		const sounds = await voice.clip(language, `phrase.${phrase}`);
		setSilent(sounds === null);
		if (sounds !== null && context.state !== "closed") await play(context, sounds);
		isSpeaking.current = false;
	};
	return { speak, isSilent };
}
