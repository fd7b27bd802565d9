import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";

/** Why a ticket has its position in the queue; nothing for an ordinary one. */
export function ClassTag({ ticket, messages }: { ticket: Pick<QueueEntry, "class">; messages: Messages }) {
	return ticket.class === "ordinary" ? null : <span className={styles.tag}>{messages.t(ticket.class)}</span>;
}
