import type { Queue, Topic } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { Messages } from "../messages/messages.ts";
import { isHeldBack, waitingTickets } from "../state/queue.ts";
import styles from "./free-counter.module.css";

interface FreeCounterProps {
	queue: Queue;
	topics: readonly Topic[];
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
}

export function FreeCounter({ queue, topics, messages, now, clock }: FreeCounterProps) {
	if (queue.pausedAt !== null)
		return (
			<div className={styles.free}>
				<p className={styles.freeTitle}>{messages.t("onBreak")}</p>
				<p>{messages.t("onBreakSince", { time: clock(queue.pausedAt) })}</p>
			</div>
		);
	const waiting = waitingTickets(queue);
	const first = waiting.find((ticket) => !isHeldBack(ticket, now));
	return (
		<div className={styles.free}>
			<p className={styles.freeTitle}>{messages.t("free")}</p>
			{first === undefined ? (
				<p>{messages.t(waiting.length === 0 ? "freeNobody" : "freeHeldBack")}</p>
			) : (
				<>
					<p>{messages.t("freeWaiting", { count: waiting.length })}</p>
					<p className={styles.preview}>
						<bdi dir="ltr">{first.number}</bdi>
						<span>{topics.find(({ id }) => id === first.topic)?.name ?? first.topic}</span>
						<span>{languageNameIn(first.language, messages.language)}</span>
					</p>
				</>
			)}
		</div>
	);
}
