import type { Board } from "../../protocol/board.ts";
import type { Wait } from "../../protocol/ticket.ts";
import styles from "./board.module.css";
import { MOST_WAITING, waitingBySeries } from "./picture.ts";
import { say } from "./words.ts";

/** Whole minutes, with the dash that ranges have, on one line (U+2060 joins words). */
const rangeOf = ({ minMinutes, maxMinutes }: Wait) => `${minMinutes}\u2060–\u2060${maxMinutes}`;

/** The next numbers, by their letter. */
export function WaitingNumbers({ picture }: { picture: Board | null }) {
	const shown = picture?.waiting.slice(0, MOST_WAITING) ?? [];
	const more = (picture?.waitingCount ?? 0) - shown.length;
	return (
		<section className={styles.waiting} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.waitingTitle}>
				<span>
					{say("zh-Hans", "waiting")}
					<span lang="en">{say("en", "waiting")}</span>
				</span>
				<strong>{picture?.waitingCount}</strong>
			</h2>
			{picture !== null && picture.wait !== null && picture.waitingCount > 0 && (
				<p className={styles.wait}>
					<span>{say("zh-Hans", "wait", { range: rangeOf(picture.wait) })}</span>
					<span lang="en">{say("en", "wait", { range: rangeOf(picture.wait) })}</span>
				</p>
			)}
			{waitingBySeries(shown).map(({ series, numbers }) => (
				<ol key={series} className={styles.series}>
					{numbers.map((number) => (
						<li key={number}>
							<bdi dir="ltr">{number}</bdi>
						</li>
					))}
				</ol>
			))}
			{more > 0 && <p className={styles.more}>+{more}</p>}
		</section>
	);
}
