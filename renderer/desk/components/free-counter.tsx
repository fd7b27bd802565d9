import type { Queue, Topic } from "../../../protocol/api/board.ts";
import { nameFor } from "../messages/language-names.ts";
import type { Words } from "../messages/messages.ts";
import { isResting, waitingTickets } from "../state/queue.ts";
import styles from "./free-counter.module.css";

interface FreeCounterProps {
	queue: Queue;
	topics: readonly Topic[];
	words: Words;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
}

export function FreeCounter({ queue, topics, words, now, clock }: FreeCounterProps) {
	if (queue.pausedAt !== null)
		return (
			<div className={styles.free}>
				<p className={styles.freeTitle}>{words.say("onBreak")}</p>
				<p>{words.say("onBreakSince", { time: clock(queue.pausedAt) })}</p>
			</div>
		);
	const waiting = waitingTickets(queue);
	const first = waiting.find((ticket) => !isResting(ticket, now));
	return (
		<div className={styles.free}>
			<p className={styles.freeTitle}>{words.say("free")}</p>
			{first === undefined ? (
				<p>{words.say(waiting.length === 0 ? "freeNobody" : "freeResting")}</p>
			) : (
				<>
					<p>{words.say("freeWaiting", { count: waiting.length })}</p>
					<p className={styles.preview}>
						<bdi dir="ltr">{first.number}</bdi>
						<span>{topics.find(({ id }) => id === first.topic)?.name ?? first.topic}</span>
						<span>{nameFor(first.language, words.language)}</span>
					</p>
				</>
			)}
		</div>
	);
}
