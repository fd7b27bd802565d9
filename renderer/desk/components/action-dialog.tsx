import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { DetailedCall } from "../effects/station-client.ts";
import type { DeskMessageKey, Messages } from "../messages/messages.ts";
import { OUTCOME_MESSAGES, REASON_MESSAGES } from "../messages/model-messages.ts";
import type { Question } from "../state/actions.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Dialog } from "./dialog.tsx";
import { TransferForm, type TransferTargets } from "./transfer-form.tsx";

interface ActionDialogProps extends TransferTargets {
	question: Question;
	ticket: QueueEntry;
	messages: Messages;
	clock(instant: number): string;
	onDecide(action: DetailedCall): void;
	onRefer(site: OtherSite): void;
	onFinish(outcome: TicketOutcome): void;
	onDismiss(): void;
}

const HEADINGS = {
	transfer: "askTransfer",
	cancel: "askCancel",
	outcome: "askOutcome",
} as const satisfies Record<Question, DeskMessageKey>;

/** Asks for the details of a transfer, a cancellation or an unusual finish. Escape goes back, Enter submits. */
export function ActionDialog({
	question,
	ticket,
	messages,
	onDismiss,
	onDecide,
	onFinish,
	...transferProps
}: ActionDialogProps) {
	return (
		<Dialog title={messages.t(HEADINGS[question], { number: ticket.number })} onDismiss={onDismiss}>
			{question === "transfer" ? (
				<TransferForm
					ticket={ticket}
					messages={messages}
					onDismiss={onDismiss}
					onDecide={(target) => onDecide({ kind: "transfer", ...target })}
					{...transferProps}
				/>
			) : question === "cancel" ? (
				<ChoiceForm
					choices={REASON_MESSAGES}
					first="left"
					legend="whyCancel"
					decide="doCancel"
					messages={messages}
					onDismiss={onDismiss}
					onChoose={(reason) => onDecide({ kind: "cancel", reason })}
				/>
			) : (
				<ChoiceForm
					choices={OUTCOME_MESSAGES}
					first="papers-missing"
					legend="whichOutcome"
					decide="action_finish"
					messages={messages}
					onDismiss={onDismiss}
					onChoose={onFinish}
				/>
			)}
		</Dialog>
	);
}
