import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { TicketAtHand } from "../../../protocol/model/staff.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";
import type { Messages } from "../messages/messages.ts";
import { AT_HAND_MESSAGES } from "../messages/model-messages.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Dialog } from "./dialog.tsx";

interface SignOutDialogProps {
	ticket: QueueEntry;
	messages: Messages;
	onChoose(ticket: TicketAtHand): void;
	onDismiss(): void;
}

/** What a ticket allows: one that is only called cannot be finished. */
export function choicesAtHand({ state }: { state: TicketState }): readonly TicketAtHand[] {
	return state === "serving" ? ["finish", "return", "keep"] : ["return", "keep"];
}

/** Asks what becomes of the ticket at hand before its member of staff leaves. */
export function SignOutDialog({ ticket, messages, onChoose, onDismiss }: SignOutDialogProps) {
	const offered = choicesAtHand(ticket);
	return (
		<Dialog title={messages.t("askSignOut", { number: ticket.number })} onDismiss={onDismiss}>
			<ChoiceForm
				choices={AT_HAND_MESSAGES}
				offered={offered}
				first={offered[0] ?? "return"}
				legend="whichAtHand"
				decide="action_sign-out"
				messages={messages}
				onChoose={onChoose}
				onDismiss={onDismiss}
			/>
		</Dialog>
	);
}
