import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";

interface ClassTagProps {
	ticket: Pick<QueueEntry, "class" | "bookedAt">;
	messages: Messages;
	clock(instant: number): string;
}

/** Why a ticket has its position in the queue, and the booked time; nothing for an ordinary one. */
export function ClassTag({ ticket, messages, clock }: ClassTagProps) {
	const text = classText(ticket, messages, clock);
	return text === null ? null : <span className={styles.tag}>{text}</span>;
}

export function classText(
	{ class: ticketClass, bookedAt }: ClassTagProps["ticket"],
	{ t }: Messages,
	clock: ClassTagProps["clock"],
): string | null {
	if (bookedAt === null) return ticketClass === "ordinary" ? null : t(ticketClass);
	const time = clock(bookedAt);
	if (ticketClass === "priority") return t("priority");
	return t(ticketClass === "appointment" ? "appointmentAt" : "appointmentLate", { time });
}
