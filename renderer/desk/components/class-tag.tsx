import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Words } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";

/** Why a ticket stands where it does; nothing for an ordinary one. */
export function ClassTag({ ticket, words }: { ticket: Pick<QueueEntry, "class">; words: Words }) {
	return ticket.class === "ordinary" ? null : <span className={styles.tag}>{words.say(ticket.class)}</span>;
}
