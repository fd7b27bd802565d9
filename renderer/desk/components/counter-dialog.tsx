import { type RefObject, useRef } from "react";
import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { Desk } from "../effects/desk-effects.ts";
import type { ErrorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Question, RowAction, Sheet } from "../state/actions.ts";
import { availableRowActions } from "../state/available-actions.ts";
import type { DeskState, Notice, SignedIn } from "../state/state.ts";
import { ActionDialog } from "./action-dialog.tsx";
import { CheckInDialog, type Scan } from "./check-in-dialog.tsx";
import { IssueDialog } from "./issue-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { NoteDialog, type NoteDraft } from "./note-dialog.tsx";
import { noticeText } from "./notice-bar.tsx";
import { PhraseSheet } from "./phrase-sheet.tsx";
import { TicketDialog } from "./ticket-dialog.tsx";

/** A dialog of the counter. Without a ticket it is about the one at the counter. */
export interface OpenDialog {
	kind: Question | Sheet | "ticket" | "keys";
	ticket?: QueueEntry["id"];
	/** Where a reader opened it. */
	scan?: Scan;
}

interface CounterDialogProps {
	dialog: OpenDialog;
	state: DeskState;
	auth: SignedIn;
	/** The ticket at the counter. */
	current: QueueEntry | null;
	desk: Desk;
	draft: RefObject<NoteDraft | null>;
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	/** Another dialog instead of this one. */
	onOpen(dialog: OpenDialog): void;
	onRowAction(action: RowAction, ticket: QueueEntry): void;
	onClose(): void;
}

/**
 * The dialog that is open at the counter. One that is about a ticket stays open when others act on the ticket: what is
 * typed into it must not reach the page's keys, and the station says why it refuses.
 */
export function CounterDialog({ dialog, state, auth, desk, messages, clock, draft, ...props }: CounterDialogProps) {
	const onClose = () => {
		draft.current = null;
		props.onClose();
	};
	const topics = state.topics?.topics ?? [];
	const kept = useRef<QueueEntry | null>(null);
	const found = dialog.ticket === undefined ? stillHere(props.current, kept.current) : actionable(dialog, state, auth);
	if (found !== null) kept.current = found;
	const ticket = kept.current;
	/** The ticket of a row, or one that has left the counter; undefined for the one at the counter. */
	const row = dialog.ticket === undefined && found !== null ? undefined : (ticket ?? undefined);
	/** Closes the dialog and does what it decided. */
	const closing =
		<Args extends unknown[]>(decide: (...args: Args) => Promise<unknown>) =>
		(...args: Args) => {
			onClose();
			void decide(...args);
		};
	if (dialog.kind === "issue")
		return (
			<IssueDialog
				topics={topics}
				isPrinterReady={auth.queue?.printer.condition === "ready"}
				messages={messages}
				failure={issueFailure(auth.notice, messages, clock)}
				issue={desk.issue}
				readTopics={desk.readTopics}
				onDismiss={onClose}
			/>
		);
	if (dialog.kind === "check-in")
		return (
			<CheckInDialog
				key={dialog.scan?.count ?? 0}
				scan={dialog.scan}
				topics={topics}
				isPrinterReady={auth.queue?.printer.condition === "ready"}
				messages={messages}
				now={props.now}
				clock={clock}
				checkIn={desk.checkIn}
				expectedVisits={desk.expectedVisits}
				onIssue={() => props.onOpen({ kind: "issue" })}
				onDismiss={onClose}
			/>
		);
	if (dialog.kind === "keys") return <KeysDialog messages={messages} onDismiss={onClose} />;
	if (ticket === null) return null;
	switch (dialog.kind) {
		case "ticket":
			return (
				<TicketDialog
					ticket={ticket}
					available={availableRowActions(state, ticket)}
					topics={topics}
					messages={messages}
					now={props.now}
					clock={clock}
					onChoose={(action) => props.onRowAction(action, ticket)}
					onDismiss={onClose}
				/>
			);
		case "phrases":
			return <PhraseSheet language={ticket.language} messages={messages} onDismiss={onClose} />;
		case "note":
			return (
				<NoteDialog
					ticket={ticket}
					draft={draft.current?.ticket === ticket.id ? draft.current.text : null}
					messages={messages}
					onChange={(text) => {
						draft.current = { staff: auth.session.staff, ticket: ticket.id, text };
					}}
					onSave={closing((note: string | null) => desk.note(note, row))}
					onDismiss={onClose}
				/>
			);
		case "transfer":
		case "cancel":
		case "outcome":
			return (
				<ActionDialog
					question={dialog.kind}
					ticket={ticket}
					topics={topics}
					loadCounters={desk.counters}
					messages={messages}
					clock={clock}
					otherSites={desk.otherSites}
					onDecide={closing((action) => desk.performWith(action, row))}
					onRefer={closing((site) => desk.refer(site, row))}
					onFinish={closing((outcome) => desk.finish(outcome, row))}
					onDismiss={onClose}
				/>
			);
		default:
			return dialog.kind satisfies never;
	}
}

/** The ticket at the counter, unless it is another one than the dialog was opened for. */
function stillHere(current: QueueEntry | null, before: QueueEntry | null): QueueEntry | null {
	return before === null || before.id === current?.id ? current : null;
}

/** The ticket of a row, while it allows what the dialog is about. */
function actionable({ kind, ticket }: OpenDialog, state: DeskState, { queue }: SignedIn): QueueEntry | null {
	const row = queue?.tickets.find(({ id }) => id === ticket) ?? null;
	if (row === null || !(kind === "note" || kind === "transfer" || kind === "cancel")) return row;
	return availableRowActions(state, row).includes(kind) ? row : null;
}

/** Why the form's last ticket was not issued. Where that is unknown, the same form asks for the same ticket again. */
function issueFailure(notice: Notice | null, messages: Messages, clock: CounterDialogProps["clock"]): ErrorText | null {
	if (notice === null || !("action" in notice) || notice.action !== "issue") return null;
	return notice.kind === "outcome-unknown"
		? { text: messages.t("issueAgain"), code: null }
		: noticeText(notice, messages, clock);
}
