import type { Wait } from "../../../protocol/model/ticket.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";
import { type BoardState, COLUMN_HEIGHT, NOTICE_HEIGHT, waitingByTopic } from "../state/board-state.ts";

/** Whole minutes with an en dash. The word joiner U+2060 keeps them on one line. */
const formatRange = ({ minMinutes, maxMinutes }: Wait) => `${minMinutes}\u2060–\u2060${maxMinutes}`;

/** The next numbers under their topics. */
export function WaitingNumbers({ board, topics, notice }: Pick<BoardState, "board" | "topics" | "notice">) {
	const shown = waitingByTopic(board?.waiting ?? [], notice === null ? COLUMN_HEIGHT : COLUMN_HEIGHT - NOTICE_HEIGHT);
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
					<span>{t("zh-Hans", "wait", { range: formatRange(board.wait) })}</span>
					<span lang="en">{t("en", "wait", { range: formatRange(board.wait) })}</span>
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
