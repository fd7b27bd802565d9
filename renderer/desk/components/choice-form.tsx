import { type FormEvent, useState } from "react";
import type { DeskMessageKey, Messages } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";
import { Decision } from "./dialog.tsx";

interface ChoiceFormProps<Choice extends string> {
	choices: Readonly<Record<Choice, DeskMessageKey>>;
	/** Those that are offered; all where it is left out. */
	offered?: readonly Choice[];
	/** Selected when the dialog opens. */
	first: Choice;
	legend: DeskMessageKey;
	decide: DeskMessageKey;
	messages: Messages;
	onChoose(choice: Choice): void;
	onDismiss(): void;
}

/** One of a few choices; the arrow keys move between them. */
export function ChoiceForm<Choice extends string>({
	choices,
	offered = Object.keys(choices) as Choice[],
	first,
	messages,
	onChoose,
	...rest
}: ChoiceFormProps<Choice>) {
	const [chosen, setChosen] = useState(first);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onChoose(chosen);
	};
	return (
		<form onSubmit={submit}>
			<fieldset>
				<legend>{messages.t(rest.legend)}</legend>
				{offered.map((one) => (
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
