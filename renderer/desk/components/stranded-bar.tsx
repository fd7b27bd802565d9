import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

interface StrandedBarProps {
	/** Tickets that nobody could act for now. */
	tickets: readonly QueueEntry[];
	messages: Messages;
	/** Opens the actions of a ticket; undefined where there are none on this screen. */
	onShow?: ((ticket: QueueEntry) => void) | undefined;
}

const MOST_NAMED = 3;

/** For supervisors, or for everybody while none is signed in: who waits for a counter that will not call. */
export function StrandedBar({ tickets, messages, onShow }: StrandedBarProps) {
	const { t, language } = messages;
	const [first] = tickets;
	const named = tickets
		.slice(0, MOST_NAMED)
		.map(({ number, stranded }) => (stranded === null ? number : `${number} (${t(`stranded_${stranded}`)})`));
	const numbers = [...named, ...(tickets.length > MOST_NAMED ? ["…"] : [])].join(language === "en" ? ", " : "、");
	return (
		<div role="alert" className={styles.noticePlace}>
			{first !== undefined && (
				<div className={styles.notice} data-kind="stranded">
					<p>{t("strandedBar", { count: tickets.length, numbers })}</p>
					{onShow && (
						<button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => onShow(first)}>
							{t("strandedShow")}
						</button>
					)}
				</div>
			)}
		</div>
	);
}
