import type { Language } from "../../../protocol/model/language.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { formatDuration, needsHours } from "../../i18n/format-duration.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";
import {
	type BoardState,
	COLUMN_HEIGHT,
	NOTICE_HEIGHT,
	WAIT_OF_HOURS_HEIGHT,
	waitingByTopic,
} from "../state/board-state.ts";

/** The word joiner U+2060 keeps a range of minutes on one line; one of hours may need two. */
function formatWait(language: Language, { minMinutes, maxMinutes }: Wait): string {
	if (!needsHours(maxMinutes)) return t(language, "wait", { range: `${minMinutes}\u2060–\u2060${maxMinutes}` });
	const format = (minutes: number) => formatDuration(minutes, language).replaceAll(" ", "\u00a0");
	const to = format(maxMinutes);
	const range = minMinutes === maxMinutes ? to : t(language, "rangeHours", { from: format(minMinutes), to });
	return t(language, "waitHours", { range });
}

/** The next numbers under their topics. */
export function WaitingNumbers({ board, topics, notice }: Pick<BoardState, "board" | "topics" | "notice">) {
	const isWaitOfHours = board !== null && board.wait !== null && needsHours(board.wait.maxMinutes);
	const height = COLUMN_HEIGHT - (notice === null ? 0 : NOTICE_HEIGHT) - (isWaitOfHours ? WAIT_OF_HOURS_HEIGHT : 0);
	const shown = waitingByTopic(board?.waiting ?? [], height, topics);
	const more = (board?.waitingCount ?? 0) - shown.reduce((sum, { numbers }) => sum + numbers.length, 0);
	return (
		<section className={styles.waiting} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.waitingTitle}>
				<span>
					{t("zh-Hans", "waiting")}
					<span lang="en">{t("en", "waiting")}</span>
				</span>
				<strong>{board?.waitingCount}</strong>
			</h2>
			{board !== null && board.wait !== null && board.waitingCount > 0 && (
				<p className={styles.wait}>
					<span>{formatWait("zh-Hans", board.wait)}</span>
					<span lang="en">{formatWait("en", board.wait)}</span>
				</p>
			)}
			{shown.map(({ topic, numbers }) => (
				<section key={topic} className={styles.topic} aria-label={topics.get(topic)?.chinese}>
					<h3>
						<span>{topics.get(topic)?.chinese}</span>
						<span lang="en">{topics.get(topic)?.english}</span>
					</h3>
					<ol>
						{numbers.map((number) => (
							<li key={number}>
								<bdi dir="ltr">{number}</bdi>
							</li>
						))}
					</ol>
				</section>
			))}
			{more > 0 && <p className={styles.more}>+{more}</p>}
		</section>
	);
}
