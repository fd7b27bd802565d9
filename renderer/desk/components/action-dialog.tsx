import { type FormEvent, useState } from "react";
import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { DetailedCall } from "../effects/station-client.ts";
import type { DeskMessageKey, Messages } from "../messages/messages.ts";
import { OUTCOME_MESSAGES, REASON_MESSAGES } from "../messages/model-messages.ts";
import type { Question } from "../state/actions.ts";
import styles from "./action-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";
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

interface ChoiceFormProps<Choice extends string> {
	choices: Readonly<Record<Choice, DeskMessageKey>>;
	/** Selected when the dialog opens. */
	first: Choice;
	legend: DeskMessageKey;
	decide: DeskMessageKey;
	messages: Messages;
	onChoose(choice: Choice): void;
	onDismiss(): void;
}

/** One of a few choices; the arrow keys move between them. */
function ChoiceForm<Choice extends string>({ choices, first, messages, onChoose, ...rest }: ChoiceFormProps<Choice>) {
	const [chosen, setChosen] = useState(first);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onChoose(chosen);
	};
	return (
		<form onSubmit={submit}>
			<fieldset>
				<legend>{messages.t(rest.legend)}</legend>
				{(Object.keys(choices) as Choice[]).map((one) => (
					<label key={one} className={styles.choice}>
						<input type="radio" name="choice" checked={one === chosen} onChange={() => setChosen(one)} />
						<span>{messages.t(choices[one])}</span>
					</label>
				))}
			</fieldset>
			<Decision dismiss={messages.t("dismiss")} decide={messages.t(rest.decide)} ready onDismiss={rest.onDismiss} />
		</form>
	);
}
