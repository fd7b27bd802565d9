import { type FormEvent, useEffect, useRef, useState } from "react";
import type { QueueEntry, Topic } from "../../protocol/board.ts";
import type { CancelReason } from "../../protocol/ticket.ts";
import type { AskingAct } from "./acts.ts";
import styles from "./more-acts.module.css";
import type { ActDetails } from "./station.ts";
import type { Word, Words } from "./words.ts";

interface ActDialogProps {
	act: AskingAct;
	ticket: QueueEntry;
	topics: readonly Topic[];
	counters: readonly string[];
	words: Words;
	onDecide(details: ActDetails): void;
	onDismiss(): void;
}

/** Asks what a transfer or a cancel needs to know. Escape goes back, Enter decides. */
export function ActDialog({ act, ticket, words, onDismiss, ...rest }: ActDialogProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog ref={dialog} className={styles.dialog} onClose={onDismiss} aria-labelledby="asked">
			<h2 id="asked">{words.say(act === "transfer" ? "askTransfer" : "askCancel", { number: ticket.number })}</h2>
			{act === "transfer" ? (
				<TransferForm ticket={ticket} words={words} onDismiss={onDismiss} {...rest} />
			) : (
				<CancelForm words={words} onDismiss={onDismiss} onDecide={rest.onDecide} />
			)}
		</dialog>
	);
}

const ANYWHERE = "";

function TransferForm({ ticket, topics, counters, words, onDecide, onDismiss }: Omit<ActDialogProps, "act">) {
	const [topic, setTopic] = useState(ticket.topic);
	const [counter, setCounter] = useState(ANYWHERE);
	const somewhere = topic !== ticket.topic || counter !== ANYWHERE;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!somewhere) return;
		onDecide({ topic: topic === ticket.topic ? undefined : topic, counter: counter === ANYWHERE ? null : counter });
	};
	return (
		<form onSubmit={submit}>
			<label>
				<span>{words.say("toTopic")}</span>
				<select value={topic} onChange={(event) => setTopic(event.target.value)}>
					{topics.map(({ id, name }) => (
						<option key={id} value={id}>
							{id === ticket.topic ? `${name} (${words.say("sameTopic")})` : name}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{words.say("toCounter")}</span>
				<select value={counter} onChange={(event) => setCounter(event.target.value)}>
					<option value={ANYWHERE}>{words.say("anyCounter")}</option>
					{counters.map((one) => (
						<option key={one} value={one}>
							{words.say("counter", { counter: one })}
						</option>
					))}
				</select>
			</label>
			<p>{words.say("keepsNumber")}</p>
			<Decision decide={words.say("doTransfer")} ready={somewhere} words={words} onDismiss={onDismiss} />
		</form>
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

function CancelForm({ words, onDecide, onDismiss }: Pick<ActDialogProps, "words" | "onDecide" | "onDismiss">) {
	const [reason, setReason] = useState<CancelReason>("left");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onDecide({ reason });
	};
	return (
		<form onSubmit={submit}>
			<fieldset>
				<legend>{words.say("whyCancel")}</legend>
				{(Object.keys(REASONS) as CancelReason[]).map((one) => (
					<label key={one} className={styles.choice}>
						<input type="radio" name="reason" checked={one === reason} onChange={() => setReason(one)} />
						<span>{words.say(REASONS[one])}</span>
					</label>
				))}
			</fieldset>
			<Decision decide={words.say("doCancel")} ready words={words} onDismiss={onDismiss} />
		</form>
	);
}

interface DecisionProps {
	decide: string;
	ready: boolean;
	words: Words;
	onDismiss(): void;
}

function Decision({ decide, ready, words, onDismiss }: DecisionProps) {
	return (
		<div className={styles.decision}>
			<button type="button" onClick={onDismiss}>
				{words.say("dismiss")}
			</button>
			<button type="submit" className={styles.decide} aria-disabled={!ready}>
				{decide}
			</button>
		</div>
	);
}
