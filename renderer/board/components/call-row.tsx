import type { BoardCall } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { directionOf } from "../../i18n/languages.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";

interface CallRowProps {
	call: BoardCall;
	/** The call came while the board looked on: the row flashes a few seconds. */
	fresh: boolean;
}

/** One call: the number, the counter like the sign above it, and the same in Chinese and in the visitor's language. */
export function CallRow({ call, fresh }: CallRowProps) {
	const { number, counter, language, state } = call;
	const line = (reader: Language) => (state === "called" ? t(reader, "counter", { counter }) : t(reader, "serving"));
	return (
		<li className={styles.call} lang={language} data-state={state} data-fresh={fresh}>
			<bdi dir="ltr" className={styles.number} data-length={number.length}>
				{number}
			</bdi>
			<svg className={styles.arrow} viewBox="0 0 48 48" aria-hidden="true">
				<path d="M6 24h34M26 9l15 15-15 15" />
			</svg>
			<span className={styles.plate} data-length={counter.length} aria-hidden="true">
				{counter}
			</span>
			<div className={styles.words}>
				<p lang="zh-Hans">{line("zh-Hans")}</p>
				{language !== "zh-Hans" && <p dir={directionOf(language)}>{line(language)}</p>}
			</div>
		</li>
	);
}
