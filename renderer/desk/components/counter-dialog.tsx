import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Desk } from "../effects/desk-effects.ts";
import type { ErrorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Question, Sheet } from "../state/actions.ts";
import type { DeskState, Notice, SignedIn } from "../state/state.ts";
import { ActionDialog } from "./action-dialog.tsx";
import { IssueDialog } from "./issue-dialog.tsx";
import { NoteDialog } from "./note-dialog.tsx";
import { noticeText } from "./notice-bar.tsx";
import { PhraseSheet } from "./phrase-sheet.tsx";

interface CounterDialogProps {
	dialog: Question | Sheet;
	state: DeskState;
	auth: SignedIn;
	/** The ticket at the counter. */
	current: QueueEntry | null;
	desk: Desk;
	messages: Messages;
	clock(instant: number): string;
	onClose(): void;
}

/** The dialog that is open at the counter. All but "issue" are about its ticket and close when it leaves. */
export function CounterDialog({ dialog, state, auth, current, desk, messages, clock, onClose }: CounterDialogProps) {
	const topics = state.topics?.topics ?? [];
	/** Closes the dialog and does what it decided. */
	const closing =
		<Args extends unknown[]>(decide: (...args: Args) => Promise<unknown>) =>
		(...args: Args) => {
			onClose();
			void decide(...args);
		};
	if (dialog === "issue")
		return (
			<IssueDialog
				topics={topics}
				isPrinterReady={auth.queue?.printer.condition === "ready"}
				messages={messages}
				failure={issueFailure(auth.notice, messages, clock)}
				issue={desk.issue}
				onDismiss={onClose}
			/>
		);
	if (current === null) return null;
	switch (dialog) {
		case "phrases":
			return <PhraseSheet language={current.language} messages={messages} onDismiss={onClose} />;
		case "note":
			return <NoteDialog ticket={current} messages={messages} onSave={closing(desk.note)} onDismiss={onClose} />;
		case "transfer":
		case "cancel":
		case "outcome":
			return (
				<ActionDialog
					question={dialog}
					ticket={current}
					topics={topics}
					counters={state.topics?.site.counters ?? []}
					messages={messages}
					clock={clock}
					otherSites={desk.otherSites}
					onDecide={closing(desk.performWith)}
					onRefer={closing(desk.refer)}
					onFinish={closing(desk.finish)}
					onDismiss={onClose}
				/>
			);
		default:
			return dialog satisfies never;
	}
}

/** Why the form's last ticket was not issued. Where that is unknown, the same form asks for the same ticket again. */
function issueFailure(notice: Notice | null, messages: Messages, clock: CounterDialogProps["clock"]): ErrorText | null {
	if (notice === null || !("action" in notice) || notice.action !== "issue") return null;
	return notice.kind === "outcome-unknown"
		? { text: messages.t("issueAgain"), code: null }
		: noticeText(notice, messages, clock);
}
