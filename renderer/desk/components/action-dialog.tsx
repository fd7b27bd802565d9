import { type FormEvent, useState } from "react";
import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { CancelReason, TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { ActDetails } from "../effects/station-client.ts";
import type { Word, Words } from "../messages/messages.ts";
import type { AskingAct, Question } from "../state/actions.ts";
import styles from "./action-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";
import { TransferForm, type TransferPlaces } from "./transfer-form.tsx";

interface ActDialogProps extends TransferPlaces {
	question: Question;
	ticket: QueueEntry;
	words: Words;
	clock(instant: number): string;
	onDecide(act: Exclude<AskingAct, "note">, details: ActDetails): void;
	onSendOn(site: OtherSite): void;
	onFinish(outcome: TicketOutcome): void;
	onDismiss(): void;
}

const HEADINGS = {
	transfer: "askTransfer",
	cancel: "askCancel",
	outcome: "askOutcome",
} as const satisfies Record<Question, Word>;

/** Asks what a transfer, a cancel or an unusual finish needs to know. Escape goes back, Enter decides. */
export function ActDialog({ question, ticket, words, onDismiss, onDecide, onFinish, ...forTransfer }: ActDialogProps) {
	return (
		<Dialog title={words.say(HEADINGS[question], { number: ticket.number })} onDismiss={onDismiss}>
			{question === "transfer" ? (
				<TransferForm
					ticket={ticket}
					words={words}
					onDismiss={onDismiss}
					onDecide={(details) => onDecide("transfer", details)}
					{...forTransfer}
				/>
			) : question === "cancel" ? (
				<ChoiceForm
					choices={REASONS}
					first="left"
					legend="whyCancel"
					decide="doCancel"
					words={words}
					onDismiss={onDismiss}
					onChoose={(reason) => onDecide("cancel", { reason })}
				/>
			) : (
				<ChoiceForm
					choices={OUTCOMES}
					first="papers-missing"
					legend="whichOutcome"
					decide="act_finish"
					words={words}
					onDismiss={onDismiss}
					onChoose={onFinish}
				/>
			)}
		</Dialog>
	);
}

/** `_other` at a key's end would be a plural form. */
const REASONS = {
	left: "reason_left",
	duplicate: "reason_duplicate",
	mistake: "reason_mistake",
	closed: "reason_closed",
	other: "reason_another",
} as const satisfies Record<CancelReason, Word>;

/** "answered" is the usual one and needs no question; it stands here for who opened the question by mistake. */
const OUTCOMES = {
	answered: "outcome_answered",
	"papers-missing": "outcome_papers-missing",
	referred: "outcome_referred",
	unresolved: "outcome_unresolved",
} as const satisfies Record<TicketOutcome, Word>;

interface ChoiceFormProps<Choice extends string> {
	choices: Readonly<Record<Choice, Word>>;
	/** Chosen when the question opens. */
	first: Choice;
	legend: Word;
	decide: Word;
	words: Words;
	onChoose(choice: Choice): void;
	onDismiss(): void;
}

/** One of a few: the arrow keys choose. */
function ChoiceForm<Choice extends string>({ choices, first, words, onChoose, ...rest }: ChoiceFormProps<Choice>) {
	const [chosen, setChosen] = useState(first);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onChoose(chosen);
	};
	return (
		<form onSubmit={submit}>
			<fieldset>
				<legend>{words.say(rest.legend)}</legend>
				{(Object.keys(choices) as Choice[]).map((one) => (
					<label key={one} className={styles.choice}>
						<input type="radio" name="choice" checked={one === chosen} onChange={() => setChosen(one)} />
						<span>{words.say(choices[one])}</span>
					</label>
				))}
			</fieldset>
			<Decision dismiss={words.say("dismiss")} decide={words.say(rest.decide)} ready onDismiss={rest.onDismiss} />
		</form>
	);
}
