import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS } from "../state/actions.ts";
import type { Done, DoneTo } from "../state/state.ts";
import styles from "./notice-bar.module.css";

/** How long an action is confirmed to the eye, in milliseconds. */
const SHOWN_MS = 8_000;

interface DoneBarProps {
	done: Done | null;
	/** What undo would take back; null where it can take back nothing. */
	undoable: DoneTo | null;
	messages: Messages;
	/** This machine's clock. */
	now: number;
	onUndo(): void;
}

/** What was just done, with its undo. Screen readers hear it elsewhere (Announcements). */
export function DoneBar({ done, undoable, messages, now, onUndo }: DoneBarProps) {
	if (done === null || now - done.at >= SHOWN_MS) return null;
	return (
		<div className={styles.noticePlace}>
			<div key={done.count} className={styles.notice} data-kind="done">
				<p>
					<span aria-hidden="true">✓</span> {messages.t(`done_${done.action}`, { number: done.number ?? "" })}
				</p>
				{undoable !== null && (
					<button type="button" onMouseDown={(event) => event.preventDefault()} onClick={onUndo}>
						{undoText(undoable, messages)}
						<kbd>{ACTION_KEYS.undo}</kbd>
					</button>
				)}
			</div>
		</div>
	);
}

export function undoText({ action, ticket }: DoneTo, { t }: Messages): string {
	return t("undoWhat", { what: t(`action_${action}`), number: ticket.number });
}
