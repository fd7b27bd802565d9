import { type ErrorText, errorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Notice } from "../state/state.ts";
import { ErrorLine } from "./error-line.tsx";
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
					<p>
						<ErrorLine error={noticeText(notice, messages, clock)} />
					</p>
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
export function noticeText(notice: Notice, messages: Messages, clock: (instant: number) => string): ErrorText {
	const { t } = messages;
	switch (notice.kind) {
		case "nobody-to-call":
			return { text: t("noticeNobodyToCall"), code: null };
		case "moved":
			return { text: t("noticeMoved", { counter: notice.counter }), code: null };
		case "referred":
			return { text: t(`referred_${notice.otherSite}`, { site: notice.site }), code: null };
		case "outcome-unknown":
			return { text: t("noticeUnknown", { action: t(`action_${notice.action}`) }), code: null };
		case "refused": {
			const { text, code } = errorText(notice.refusal, messages, clock);
			return { text: t("noticeRefused", { action: t(`action_${notice.action}`), why: text }), code };
		}
	}
}
