import type { Language } from "../../../protocol/model/language.ts";
import { directionOf } from "../../i18n/languages.ts";
import { useParts, useWords } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import styles from "./message-screen.module.css";

/** When no ticket can be had: what is true, and who helps, in the visitor's language and in Chinese. */
export function MessageScreen({ message }: { message: "lost" | "refused" }) {
	const { words } = useParts();
	const { language } = useWords();
	// The visitor's own language first, then Chinese; where that is Chinese, or not known yet, English second.
	const both: readonly Language[] = language === "zh-Hans" ? ["zh-Hans", "en"] : [language, "zh-Hans"];
	return (
		<main className={styles.screen}>
			<span className={styles.picture}>
				<Icon name={message === "lost" ? "repeat" : "ticket"} />
			</span>
			<div className={styles.words}>
				{both.map((each, place) => {
					const say = words.say(each);
					const title = say(`${message}.title`);
					return (
						<div key={each} lang={words.has(each) ? each : "en"} dir={directionOf(each)}>
							{place === 0 ? (
								<Heading className={styles.title}>{title}</Heading>
							) : (
								<h2 className={styles.title}>{title}</h2>
							)}
							<p className={styles.text}>{say(`${message}.hint`)}</p>
						</div>
					);
				})}
			</div>
		</main>
	);
}
