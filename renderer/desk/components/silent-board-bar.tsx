import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

interface SilentBoardBarProps {
	count: number;
	messages: Messages;
}

/** A board is on and cannot be heard: what to do about it. It stays until the board has sound or is off. */
export function SilentBoardBar({ count, messages }: SilentBoardBarProps) {
	return (
		<div role="status" className={styles.noticePlace}>
			{count > 0 && (
				<div className={styles.notice} data-kind="silent-board">
					<p>{messages.t("silentBoards", { count })}</p>
				</div>
			)}
		</div>
	);
}
