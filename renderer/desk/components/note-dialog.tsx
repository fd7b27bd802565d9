import { type FormEvent, useState } from "react";
import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import { personalDataIn } from "../state/personal-data.ts";
import styles from "./action-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";

interface NoteDialogProps {
	ticket: QueueEntry;
	messages: Messages;
	/** Null takes the note away. */
	onKeep(note: string | null): void;
	onDismiss(): void;
}

const LONGEST = 200;

/** A line for the next desk, with a plain warning where it seems to say who the visitor is. */
export function NoteDialog({ ticket, messages, onKeep, onDismiss }: NoteDialogProps) {
	const [text, setText] = useState(ticket.note ?? "");
	const looksLike = personalDataIn(text);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onKeep(text.trim() === "" ? null : text.trim());
	};
	return (
		<Dialog title={messages.t("askNote", { number: ticket.number })} onDismiss={onDismiss}>
			<form onSubmit={submit}>
				<p id="note-hint">{messages.t("noteHint")}</p>
				<input
					data-first
					type="text"
					maxLength={LONGEST}
					autoComplete="off"
					aria-label={messages.t("noteLabel")}
					aria-describedby="note-hint note-warning"
					value={text}
					onChange={(event) => setText(event.target.value)}
				/>
				<p id="note-warning" role="status" className={styles.warning}>
					{looksLike !== null && messages.t("noteLooksLike", { what: messages.t(`looks_${looksLike}`) })}
				</p>
				<Decision
					dismiss={messages.t("dismiss")}
					decide={messages.t(looksLike === null ? "doNote" : "doNoteAnyway")}
					ready
					onDismiss={onDismiss}
				/>
			</form>
		</Dialog>
	);
}
