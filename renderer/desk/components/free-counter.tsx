import type { Queue, Topic } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { Messages } from "../messages/messages.ts";
import { isHeldBack, nextHere, waitingTickets } from "../state/queue.ts";
import styles from "./free-counter.module.css";

interface FreeCounterProps {
	queue: Queue;
	topics: readonly Topic[];
	messages: Messages;
	/** The station's clock. */
	now: number;
}

export function FreeCounter({ queue, topics, messages, now }: FreeCounterProps) {
	const { t } = messages;
	const waiting = waitingTickets(queue);
	const next = nextHere(queue);
	return (
		<div className={styles.free}>
			<p className={styles.freeTitle}>{t("free")}</p>
			{next === null ? (
				<p>{t(nobodyKey(waiting, now))}</p>
			) : (
				<>
					<p>
						{t("freeWaiting", { count: waiting.length })} {t("freeNext")}
					</p>
					<p className={styles.preview}>
						<bdi dir="ltr">{next.number}</bdi>
						<span>{topics.find(({ id }) => id === next.topic)?.name ?? next.topic}</span>
						<span>{languageNameIn(next.language, messages.language)}</span>
					</p>
				</>
			)}
		</div>
	);
}

function nobodyKey(waiting: ReturnType<typeof waitingTickets>, now: number) {
	if (waiting.length === 0) return "freeNobody";
	return waiting.every((ticket) => isHeldBack(ticket, now)) ? "freeHeldBack" : "freeNotYours";
}
