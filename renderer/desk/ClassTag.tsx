import type { QueueEntry } from "../../protocol/board.ts";
import styles from "./more-acts.module.css";
import type { Words } from "./words.ts";

/** Why a ticket stands where it does; nothing for an ordinary one. */
export function ClassTag({ ticket, words }: { ticket: Pick<QueueEntry, "class">; words: Words }) {
	return ticket.class === "ordinary" ? null : <span className={styles.tag}>{words.say(ticket.class)}</span>;
}
