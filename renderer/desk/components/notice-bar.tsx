import { errorMessage } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Notice } from "../state/state.ts";
import styles from "./notice-bar.module.css";

interface NoticeBarProps {
	notice: Notice | null;
	messages: Messages;
	clock(instant: number): string;
	onDismiss(): void;
}

export function NoticeBar({ notice, messages, clock, onDismiss }: NoticeBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{notice !== null && (
				<div className={styles.notice} data-kind={notice.kind === "referred" ? notice.otherSite : notice.kind}>
					<p>{noticeMessage(notice, messages, clock)}</p>
					<button type="button" aria-label={messages.t("close")} aria-keyshortcuts="Escape" onClick={onDismiss}>
						{messages.t("close")}
						<kbd>Esc</kbd>
					</button>
				</div>
			)}
		</div>
	);
}

/** The text of a notice. */
export function noticeMessage(notice: Notice, messages: Messages, clock: (instant: number) => string): string {
	switch (notice.kind) {
		case "nobody-to-call":
			return messages.t("noticeNobodyToCall");
		case "moved":
			return messages.t("noticeMoved", { counter: notice.counter });
		case "referred":
			return messages.t(`referred_${notice.otherSite}`, { site: notice.site });
		case "outcome-unknown":
			return messages.t("noticeUnknown", { action: messages.t(`action_${notice.action}`) });
		case "refused":
			return messages.t("noticeRefused", {
				action: messages.t(`action_${notice.action}`),
				why: errorMessage(notice.refusal, messages, clock),
			});
	}
}
