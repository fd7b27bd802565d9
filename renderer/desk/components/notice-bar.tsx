import { explain } from "../messages/error-messages.ts";
import type { Words } from "../messages/messages.ts";
import type { Notice } from "../state/state.ts";
import styles from "./notice-bar.module.css";

interface NoticeBarProps {
	notice: Notice | null;
	words: Words;
	clock(instant: number): string;
	onPutAway(): void;
}

export function NoticeBar({ notice, words, clock, onPutAway }: NoticeBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{notice !== null && (
				<div className={styles.notice} data-kind={notice.kind === "sent-on" ? notice.otherSite : notice.kind}>
					<p>{sentenceOf(notice, words, clock)}</p>
					<button type="button" aria-label={words.say("putAway")} aria-keyshortcuts="Escape" onClick={onPutAway}>
						{words.say("putAway")}
						<kbd>Esc</kbd>
					</button>
				</div>
			)}
		</div>
	);
}

/** What a notice says. */
export function sentenceOf(notice: Notice, words: Words, clock: (instant: number) => string): string {
	switch (notice.kind) {
		case "nobody-waits":
			return words.say("noticeNobody");
		case "moved":
			return words.say("noticeMoved", { counter: notice.counter });
		case "sent-on":
			return words.say(`sentOn_${notice.otherSite}`, { site: notice.site });
		case "outcome-unknown":
			return words.say("noticeUnknown", { act: words.say(`act_${notice.act}`) });
		case "refused":
			return words.say("noticeRefused", {
				act: words.say(`act_${notice.act}`),
				why: explain(notice.refusal, words, clock),
			});
	}
}
