import type { Board } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { formatDuration, needsHours } from "../../i18n/format-duration.ts";
import styles from "../board.module.css";
import { t } from "../messages/messages.ts";
import { countNumbers, type Orientation, sideOf } from "../state/board-layout.ts";
import type { BoardState } from "../state/board-state.ts";
import { Both } from "./chinese-and-english.tsx";

/** The word joiner U+2060 keeps a range of minutes on one line; one of hours may need two. */
function formatWait(language: Language, { minMinutes, maxMinutes }: Wait): string {
	if (!needsHours(maxMinutes)) return t(language, "wait", { range: `${minMinutes}\u2060–\u2060${maxMinutes}` });
	const format = (minutes: number) => formatDuration(minutes, language).replaceAll(" ", "\u00a0");
	const to = format(maxMinutes);
	const range = minMinutes === maxMinutes ? to : t(language, "rangeHours", { from: format(minMinutes), to });
	return t(language, "waitHours", { range });
}

interface WaitingNumbersProps extends Pick<BoardState, "topics" | "notice"> {
	board: Board;
	orientation: Orientation;
}

/** How many wait and how long, the next numbers under their topics, and the numbers whose visitor did not come. */
export function WaitingNumbers({ board, topics, notice, orientation }: WaitingNumbersProps) {
	const { wait, waitingCount } = board;
	const side = sideOf(board, topics, {
		orientation,
		hasNotice: notice !== null,
		isWaitOfHours: wait !== null && needsHours(wait.maxMinutes),
	});
	const more = waitingCount - side.columns.reduce((sum, column) => sum + countNumbers(column), 0);
	const last = side.columns.findLastIndex((column) => column.length > 0);
	return (
		<section className={styles.waiting} aria-labelledby="waiting">
			<div className={styles.summary}>
				<h2 id="waiting" className={styles.waitingTitle}>
					<Both chinese={t("zh-Hans", "waiting")}>{t("en", "waiting")}</Both>
					<strong>{waitingCount}</strong>
				</h2>
				{wait !== null && waitingCount > 0 && (
					<p className={styles.wait}>
						<Both chinese={formatWait("zh-Hans", wait)}>{formatWait("en", wait)}</Both>
					</p>
				)}
			</div>
			{side.columns.map((column, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
				<div key={place} className={styles.topics}>
					{column.map(({ topic, numbers }) => (
						<section key={topic} className={styles.topic} aria-label={topics.get(topic)?.chinese}>
							<h3>
								<Both chinese={topics.get(topic)?.chinese}>{topics.get(topic)?.english}</Both>
							</h3>
							<NumberList numbers={numbers} />
						</section>
					))}
					{more > 0 && place === Math.max(0, last) && <p className={styles.more}>+{more}</p>}
				</div>
			))}
			{side.missed.length > 0 && (
				<section className={styles.missed} aria-labelledby="missed">
					<h3 id="missed">
						<Both chinese={t("zh-Hans", "missed")}>{t("en", "missed")}</Both>
					</h3>
					<NumberList numbers={side.missed} />
				</section>
			)}
		</section>
	);
}

function NumberList({ numbers }: { numbers: readonly string[] }) {
	return (
		<ol>
			{numbers.map((number) => (
				<li key={number}>
					<bdi dir="ltr">{number}</bdi>
				</li>
			))}
		</ol>
	);
}
