import styles from "./language-choice.module.css";
import hidden from "./visually-hidden.module.css";

/** The languages of staff and IT. */
const SHORT_NAMES = { "zh-Hans": "中文", en: "English" } as const;
type StaffLanguage = keyof typeof SHORT_NAMES;

interface LanguageChoiceProps {
	/** For screen readers. */
	label: string;
	chosen: StaffLanguage;
	onChoose(language: StaffLanguage): void;
}

export function LanguageChoice({ label, chosen, onChoose }: LanguageChoiceProps) {
	return (
		<fieldset className={styles.languages}>
			<legend className={hidden.visuallyHidden}>{label}</legend>
			{(Object.keys(SHORT_NAMES) as StaffLanguage[]).map((language) => (
				<button
					key={language}
					type="button"
					lang={language}
					aria-pressed={language === chosen}
					onClick={() => onChoose(language)}
				>
					{SHORT_NAMES[language]}
				</button>
			))}
		</fieldset>
	);
}
