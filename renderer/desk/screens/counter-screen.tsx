import { type RefObject, useEffect, useRef, useState } from "react";
import type { QueueEntry } from "../../../protocol/api/board.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { ActionButtons } from "../components/action-buttons.tsx";
import { UNKNOWN_LANGUAGE } from "../components/check-in-dialog.tsx";
import { CounterDialog, type OpenDialog } from "../components/counter-dialog.tsx";
import { CurrentTicket } from "../components/current-ticket.tsx";
import { DoneBar, undoText } from "../components/done-bar.tsx";
import { FreeCounter } from "../components/free-counter.tsx";
import type { NoteDraft } from "../components/note-dialog.tsx";
import { NoticeBar } from "../components/notice-bar.tsx";
import { OnBreak } from "../components/on-break.tsx";
import { OwnFiguresLine } from "../components/own-figures-line.tsx";
import { PrinterPanel } from "../components/printer-panel.tsx";
import shared from "../components/shared.module.css";
import { StrandedBar } from "../components/stranded-bar.tsx";
import { TicketActionButtons } from "../components/ticket-action-buttons.tsx";
import { useActionKeys } from "../components/use-action-keys.ts";
import { useAutoStart } from "../components/use-auto-start.ts";
import { WaitingList } from "../components/waiting-list.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import type { Messages } from "../messages/messages.ts";
import type { KeyedAction, RowAction } from "../state/actions.ts";
import {
	availableActions,
	availableBreak,
	availableSheets,
	availableTicketActions,
	canCall,
	canFinishAndCall,
	canReportNewRoll,
	reprintableTicket,
	undoableAction,
} from "../state/available-actions.ts";
import type { DeskSettings } from "../state/desk-settings.ts";
import { strandedTickets, ticketAtCounter, waitingTickets } from "../state/queue.ts";
import { mayBeDocument } from "../state/scanned-code.ts";
import type { DeskState, SignedIn } from "../state/state.ts";
import styles from "./counter-screen.module.css";

interface CounterScreenProps {
	state: DeskState;
	auth: SignedIn;
	desk: Desk;
	settings: DeskSettings;
	/** Outlives the session. */
	draft: RefObject<NoteDraft | null>;
	messages: Messages;
	/** This machine's clock. */
	now: number;
	clock(instant: number): string;
}

/** The working screen of one counter. */
export function CounterScreen({ state, auth, desk, settings, draft, messages, now, clock }: CounterScreenProps) {
	const { queue, copies, busy, notice, session } = auth;
	const stationNow = now + state.clockOffset;
	const heading = useRef<HTMLHeadingElement>(null);
	const findField = useRef<HTMLInputElement>(null);
	const [dialog, setDialog] = useState<OpenDialog | null>(() => {
		if (draft.current?.staff !== session.staff) draft.current = null;
		return draft.current && { kind: "note", ticket: draft.current.ticket };
	});
	const [find, setFind] = useState("");
	const startsItself = settings.autoStartSeconds > 0;
	const canChooseOutcome = availableActions(state).includes("finish");
	const canFinishNext = canFinishAndCall(state, startsItself);
	const undoable = undoableAction(state);
	const perform = (action: KeyedAction | "new-roll") => {
		switch (action) {
			case "outcome":
				if (canChooseOutcome) setDialog({ kind: action });
				return;
			case "transfer":
			case "cancel":
				if (availableTicketActions(state).includes(action)) setDialog({ kind: action });
				return;
			case "note":
			case "phrases":
			case "issue":
			case "check-in":
				if (availableSheets(state).includes(action)) setDialog({ kind: action });
				return;
			case "finish-next":
				void desk.finishAndCallNext(startsItself);
				return;
			default:
				void desk.perform(action);
		}
	};
	const performOn = (action: RowAction, ticket: QueueEntry) => {
		if (action === "note" || action === "transfer" || action === "cancel")
			return setDialog({ kind: action, ticket: ticket.id });
		setDialog(null);
		void desk.performOn(action, ticket);
	};
	const scans = useRef(0);
	/** A note that is being written stays; any other dialog gives way to the visitor who has come. */
	const scan = async (code: string | null) => {
		if (dialog?.kind === "note") return;
		// The number field may have taken the line: a passport's must not stay on the screen.
		setFind("");
		if (code === null) return;
		const answer = await desk.checkIn({ code, language: UNKNOWN_LANGUAGE });
		if (answer === null) return;
		const isUnknown = answer.kind === "refused" && answer.code === "VISIT_UNKNOWN";
		if (isUnknown && mayBeDocument(code)) return;
		scans.current += 1;
		setDialog({ kind: "check-in", scan: { code, answer, count: scans.current } });
	};
	useActionKeys(desk, {
		perform,
		scan: (code) => void scan(code),
		find(text) {
			setFind(text);
			findField.current?.focus();
		},
		showKeys: () => setDialog({ kind: "keys" }),
		singleKeys: settings.singleKeys,
	});
	useEffect(() => heading.current?.focus(), []);

	const topics = state.topics?.topics ?? [];
	const current = queue && ticketAtCounter(queue, session.counter);
	const waitingCount = queue === null ? 0 : waitingTickets(queue).length;
	const counter = messages.t("counter", { counter: session.counter });
	useAutoStart(current, settings.autoStartSeconds, stationNow, () => void desk.perform("start"));

	useEffect(() => {
		document.title = `${current?.number ?? `(${waitingCount})`} · ${counter}`;
	}, [current?.number, waitingCount, counter]);

	const onBreak = queue !== null && queue.pausedAt !== null && (
		<OnBreak
			since={queue.pausedAt}
			reason={queue.pauseReason}
			hasTicket={current !== null}
			messages={messages}
			clock={clock}
			onExplain={(reason) => void desk.explainBreak(reason)}
		/>
	);
	const open = (ticket: QueueEntry) => setDialog({ kind: "ticket", ticket: ticket.id });
	return (
		<main className={styles.counter}>
			<h1 ref={heading} tabIndex={-1} className={hidden.visuallyHidden}>
				{counter}
			</h1>
			<div className={styles.alerts}>
				<StrandedBar tickets={queue?.seesStranded ? strandedTickets(queue) : []} messages={messages} onShow={open} />
				<NoticeBar notice={notice} messages={messages} clock={clock} onDismiss={desk.dismissNotice} />
				<DoneBar
					done={notice === null ? auth.done : null}
					undoable={undoable}
					messages={messages}
					now={now}
					onUndo={() => perform("undo")}
				/>
			</div>
			<div className={styles.own}>
				{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when a topic needs many documents, so the keyboard must reach it. */}
				<section className={styles.current} aria-labelledby="current" tabIndex={0}>
					<h2 id="current" className={hidden.visuallyHidden}>
						{messages.t("current")}
					</h2>
					{queue === null ? (
						<p className={shared.loading}>{messages.t("loading")}</p>
					) : current === null ? (
						onBreak || <FreeCounter queue={queue} topics={topics} messages={messages} now={stationNow} />
					) : (
						<>
							{onBreak}
							<CurrentTicket
								ticket={current}
								copies={copies}
								topics={topics}
								messages={messages}
								now={stationNow}
								clock={clock}
							/>
						</>
					)}
				</section>
				<OwnFiguresLine load={desk.figures} changed={auth.done?.count ?? 0} messages={messages} />
				<TicketActionButtons
					available={[
						...(canChooseOutcome ? (["outcome"] as const) : []),
						...availableTicketActions(state),
						...availableSheets(state),
						...(availableBreak(state) === null ? [] : (["break"] as const)),
					]}
					isPaused={queue?.pausedAt != null}
					undoText={undoable && undoText(undoable, messages)}
					busy={busy}
					messages={messages}
					onAction={perform}
				/>
				<ActionButtons
					available={[...availableActions(state), ...(canFinishNext ? (["finish-next"] as const) : [])]}
					busy={busy}
					messages={messages}
					onAction={perform}
				/>
			</div>
			{queue !== null && (
				<WaitingList
					queue={queue}
					copies={copies}
					topics={topics}
					messages={messages}
					now={stationNow}
					clock={clock}
					call={canCall(state) ? (ticket) => performOn("call", ticket) : null}
					open={open}
					endedTickets={desk.endedTickets}
					find={{ text: find, field: findField, change: setFind }}
				>
					<PrinterPanel
						queue={queue}
						copies={copies}
						printer={state.printer}
						reprintable={reprintableTicket(state)}
						canReportNewRoll={canReportNewRoll(state)}
						busy={busy}
						messages={messages}
						now={stationNow}
						clock={clock}
						onAction={perform}
					/>
				</WaitingList>
			)}
			{dialog !== null && (
				<CounterDialog
					dialog={dialog}
					state={state}
					auth={auth}
					current={current}
					desk={desk}
					draft={draft}
					messages={messages}
					now={stationNow}
					clock={clock}
					onOpen={setDialog}
					onRowAction={performOn}
					onClose={() => setDialog(null)}
				/>
			)}
			<Announcements auth={auth} isSomeoneWaiting={current === null && waitingCount > 0} messages={messages} />
		</main>
	);
}

interface AnnouncementsProps extends Pick<CounterScreenProps, "auth" | "messages"> {
	isSomeoneWaiting: boolean;
}

/** What a screen reader says: the last action, and that somebody waits at a free counter. */
function Announcements({ auth: { done }, isSomeoneWaiting, messages }: AnnouncementsProps) {
	return (
		<div role="status" className={hidden.visuallyHidden}>
			{done && <p key={done.count}>{messages.t(`done_${done.action}`, { number: done.number ?? "" })}</p>}
			{isSomeoneWaiting && <p>{messages.t("someoneWaits")}</p>}
		</div>
	);
}
