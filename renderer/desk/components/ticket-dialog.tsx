import type { QueueEntry, Topic } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { formatWait } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import { ticketStateMessage } from "../messages/model-messages.ts";
import type { RowAction } from "../state/actions.ts";
import { classText } from "./class-tag.tsx";
import { Dialog } from "./dialog.tsx";
import styles from "./ticket-dialog.module.css";

interface TicketDialogProps {
	ticket: QueueEntry;
	available: readonly RowAction[];
	topics: readonly Topic[];
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	onChoose(action: RowAction): void;
	onDismiss(): void;
}

/** Every action on one ticket of the queue. The usual one has the focus, so that Enter does it; arrows lead to the others. */
export function TicketDialog({
	ticket,
	available,
	topics,
	messages,
	now,
	clock,
	onChoose,
	onDismiss,
}: TicketDialogProps) {
	const { t, language } = messages;
	const place = classText(ticket, messages, clock);
	const facts = [
		ticketStateMessage(ticket.state, messages),
		...(place === null ? [] : [place]),
		topics.find(({ id }) => id === ticket.topic)?.name ?? ticket.topic,
		languageNameIn(ticket.language, language),
		formatWait(now - ticket.arrivedAt, messages),
		...(ticket.stranded === null ? [] : [t(`stranded_${ticket.stranded}`)]),
	];
	return (
		<Dialog
			title={t("ticketActions", { number: ticket.number })}
			onDismiss={onDismiss}
			onKeyDown={(event) => {
				const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
				const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-action]")];
				const at = buttons.findIndex((button) => button.matches(":focus"));
				if (step !== undefined) buttons.at((at + step) % buttons.length)?.focus();
			}}
		>
			<p>{facts.join(" · ")}</p>
			{ticket.note !== null && (
				<p className={styles.note}>
					<bdi>{ticket.note}</bdi>
				</p>
			)}
			<div className={styles.actions}>
				{available.map((action, index) => (
					<button
						key={action}
						type="button"
						data-action
						data-first={index === 0 || undefined}
						onClick={() => onChoose(action)}
					>
						{t(action === "priority" && ticket.class === "priority" ? "rowPriorityOff" : `action_${action}`)}
					</button>
				))}
			</div>
		</Dialog>
	);
}
