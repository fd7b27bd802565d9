import type { BoardCall } from "../../../protocol/api/board.ts";
import { directionOf, type Language } from "../../../protocol/model/language.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";

interface CallRowProps {
	call: BoardCall;
	/** A call that came while the board was on: its row flashes for a few seconds. */
	isNew: boolean;
}

/** One call: number, counter, and a line each in Chinese and in the visitor's language. */
export function CallRow({ call, isNew }: CallRowProps) {
	const { number, counter, language, state } = call;
	const line = (language: Language) =>
		state === "called" ? t(language, "counter", { counter }) : t(language, "serving");
	return (
		<li className={styles.call} lang={language} data-state={state} data-new={isNew}>
			<div className={styles.row}>
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
			</div>
		</li>
	);
}
