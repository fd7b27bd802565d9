import { directionOf, type Language } from "../../../protocol/model/language.ts";
import { useKioskContext, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import styles from "./message-screen.module.css";

/** Why there are no tickets and who helps, in the visitor's language and in Chinese. */
export function MessageScreen({ message }: { message: "connectionLost" | "refused" }) {
	const { messages } = useKioskContext();
	const { language } = useMessages();
	// Chinese and English where the visitor's language is Chinese or not selected yet.
	const both: readonly Language[] = language === "zh-Hans" ? ["zh-Hans", "en"] : [language, "zh-Hans"];
	return (
		<main className={styles.screen}>
			<span className={styles.icon}>
				<Icon name={message === "connectionLost" ? "repeat" : "ticket"} />
			</span>
			<div className={styles.texts}>
				{both.map((each, place) => {
					const t = messages.t(each);
					const title = t(`${message}.title`);
					return (
						<div key={each} lang={messages.has(each) ? each : "en"} dir={directionOf(each)}>
							{place === 0 ? (
								<Heading className={styles.title}>{title}</Heading>
							) : (
								<h2 className={styles.title}>{title}</h2>
							)}
							<p className={styles.text}>{t(`${message}.hint`)}</p>
						</div>
					);
				})}
			</div>
		</main>
	);
}
