import { type FormEvent, useState } from "react";
import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import { personalDataIn } from "../state/personal-data.ts";
import styles from "./action-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";

/** A note that was being written when the session ended: its writer goes on with it after signing in on the same page. */
export interface NoteDraft {
	staff: string;
	ticket: QueueEntry["id"];
	text: string;
}

interface NoteDialogProps {
	ticket: QueueEntry;
	/** What was written of it before. */
	draft: string | null;
	messages: Messages;
	onChange(text: string): void;
	/** Null removes the note. */
	onSave(note: string | null): void;
	onDismiss(): void;
}

const MAX_NOTE_LENGTH = 200;

/** A line for the next desk, all of it seen while it is written, with a warning where it looks like personal data. */
export function NoteDialog({ ticket, draft, messages, onChange, onSave, onDismiss }: NoteDialogProps) {
	const [text, setText] = useState(draft ?? ticket.note ?? "");
	const personalKind = personalDataIn(text);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSave(text.trim() === "" ? null : text.trim());
	};
	return (
		<Dialog title={messages.t("askNote", { number: ticket.number })} onDismiss={onDismiss}>
			<form onSubmit={submit}>
				<p id="note-hint">{messages.t("noteHint")}</p>
				<textarea
					data-first
					rows={2}
					dir="auto"
					maxLength={MAX_NOTE_LENGTH}
					autoComplete="off"
					aria-label={messages.t("noteLabel")}
					aria-describedby="note-hint note-warning"
					value={text}
					onChange={(event) => {
						const typed = event.target.value.replace(/\s*[\r\n]+\s*/g, " ");
						setText(typed);
						onChange(typed);
					}}
				/>
				<p id="note-warning" role="status" className={styles.warning}>
					{personalKind !== null && messages.t("notePersonal", { what: messages.t(`personal_${personalKind}`) })}
				</p>
				<Decision
					dismiss={messages.t("dismiss")}
					decide={messages.t(personalKind === null ? "doNote" : "doNoteAnyway")}
					ready
					onDismiss={onDismiss}
				/>
			</form>
		</Dialog>
	);
}
