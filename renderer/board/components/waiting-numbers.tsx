import type { Wait } from "../../../protocol/model/ticket.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";
import { type BoardState, NOTICE, ROOM, waitingByTopic } from "../state/board-state.ts";

/** Whole minutes, with the dash that ranges have, on one line (U+2060 joins words). */
const rangeOf = ({ minMinutes, maxMinutes }: Wait) => `${minMinutes}\u2060–\u2060${maxMinutes}`;

/** The next numbers, under their topics. */
export function WaitingNumbers({ picture, topics, notice }: Pick<BoardState, "picture" | "topics" | "notice">) {
	const shown = waitingByTopic(picture?.waiting ?? [], notice === null ? ROOM : ROOM - NOTICE);
	const more = (picture?.waitingCount ?? 0) - shown.reduce((sum, { numbers }) => sum + numbers.length, 0);
	return (
		<section className={styles.waiting} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.waitingTitle}>
				<span>
					{t("zh-Hans", "waiting")}
					<span lang="en">{t("en", "waiting")}</span>
				</span>
				<strong>{picture?.waitingCount}</strong>
			</h2>
			{picture !== null && picture.wait !== null && picture.waitingCount > 0 && (
				<p className={styles.wait}>
					<span>{t("zh-Hans", "wait", { range: rangeOf(picture.wait) })}</span>
					<span lang="en">{t("en", "wait", { range: rangeOf(picture.wait) })}</span>
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
