import { errorMessage } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Notice } from "../state/state.ts";
import styles from "./notice-bar.module.css";

interface NoticeBarProps {
	notice: Notice | null;
	messages: Messages;
	clock(instant: number): string;
	onPutAway(): void;
}

export function NoticeBar({ notice, messages, clock, onPutAway }: NoticeBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{notice !== null && (
				<div className={styles.notice} data-kind={notice.kind === "sent-on" ? notice.otherSite : notice.kind}>
					<p>{sentenceOf(notice, messages, clock)}</p>
					<button type="button" aria-label={messages.t("putAway")} aria-keyshortcuts="Escape" onClick={onPutAway}>
						{messages.t("putAway")}
						<kbd>Esc</kbd>
					</button>
				</div>
			)}
		</div>
	);
}

/** What a notice says. */
export function sentenceOf(notice: Notice, messages: Messages, clock: (instant: number) => string): string {
	switch (notice.kind) {
		case "nobody-waits":
			return messages.t("noticeNobody");
		case "moved":
			return messages.t("noticeMoved", { counter: notice.counter });
		case "sent-on":
			return messages.t(`sentOn_${notice.otherSite}`, { site: notice.site });
		case "outcome-unknown":
			return messages.t("noticeUnknown", { action: messages.t(`action_${notice.action}`) });
		case "refused":
			return messages.t("noticeRefused", {
				action: messages.t(`action_${notice.action}`),
				why: errorMessage(notice.refusal, messages, clock),
			});
	}
}
