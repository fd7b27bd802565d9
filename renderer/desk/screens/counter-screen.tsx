import { useEffect, useRef, useState } from "react";
import hidden from "../../ui/visually-hidden.module.css";
import { ActionButtons } from "../components/action-buttons.tsx";
import { ClockBar } from "../components/clock-bar.tsx";
import { CounterDialog } from "../components/counter-dialog.tsx";
import { CurrentTicket } from "../components/current-ticket.tsx";
import { DiskBar } from "../components/disk-bar.tsx";
import { FreeCounter } from "../components/free-counter.tsx";
import { HelpBar } from "../components/help-bar.tsx";
import { NoticeBar } from "../components/notice-bar.tsx";
import { PrinterPanel } from "../components/printer-panel.tsx";
import shared from "../components/shared.module.css";
import { SilentBoardBar } from "../components/silent-board-bar.tsx";
import { TicketActionButtons } from "../components/ticket-action-buttons.tsx";
import { useActionKeys } from "../components/use-action-keys.ts";
import { WaitingList } from "../components/waiting-list.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import type { Messages } from "../messages/messages.ts";
import type { KeyedAction, Question, Sheet } from "../state/actions.ts";
import {
	availableActions,
	availableBreak,
	availableSheets,
	availableTicketActions,
	canCall,
	canReportNewRoll,
	reprintableTicket,
} from "../state/available-actions.ts";
import { ticketAtCounter, waitingTickets } from "../state/queue.ts";
import type { DeskState, SignedIn } from "../state/state.ts";
import styles from "./counter-screen.module.css";

interface CounterScreenProps {
	state: DeskState;
	auth: SignedIn;
	desk: Desk;
	messages: Messages;
	/** This machine's clock. */
	now: number;
	clock(instant: number): string;
}

/** The working screen of one counter. */
export function CounterScreen({ state, auth, desk, messages, now, clock }: CounterScreenProps) {
	const { queue, copies, busy, notice, session } = auth;
	const stationNow = now + state.clockOffset;
	const heading = useRef<HTMLHeadingElement>(null);
	const [dialog, setDialog] = useState<Question | Sheet | null>(null);
	const canChooseOutcome = availableActions(state).includes("finish");
	const perform = (action: KeyedAction | "new-roll") => {
		switch (action) {
			case "outcome":
				if (canChooseOutcome) setDialog(action);
				return;
			case "transfer":
			case "cancel":
				if (availableTicketActions(state).includes(action)) setDialog(action);
				return;
			case "note":
			case "phrases":
			case "issue":
				if (availableSheets(state).includes(action)) setDialog(action);
				return;
			default:
				void desk.perform(action);
		}
	};
	useActionKeys(desk, perform);
	useEffect(() => heading.current?.focus(), []);

	const topics = state.topics?.topics ?? [];
	const current = queue && ticketAtCounter(queue, session.counter);
	const waitingCount = queue === null ? 0 : waitingTickets(queue).length;
	const counter = messages.t("counter", { counter: session.counter });

	useEffect(() => {
		document.title = `${current?.number ?? `(${waitingCount})`} · ${counter}`;
	}, [current?.number, waitingCount, counter]);

	return (
		<main className={styles.counter}>
			<h1 ref={heading} tabIndex={-1} className={hidden.visuallyHidden}>
				{counter}
			</h1>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when a topic needs many documents, so the keyboard must reach it. */}
			<section className={styles.current} aria-labelledby="current" tabIndex={0}>
				<h2 id="current" className={hidden.visuallyHidden}>
					{messages.t("current")}
				</h2>
				{queue === null ? (
					<p className={shared.loading}>{messages.t("loading")}</p>
				) : current === null ? (
					<FreeCounter queue={queue} topics={topics} messages={messages} now={stationNow} clock={clock} />
				) : (
					<CurrentTicket
						ticket={current}
						copies={copies}
						topics={topics}
						messages={messages}
						now={stationNow}
						clock={clock}
					/>
				)}
			</section>
			{queue !== null && (
				<WaitingList
					queue={queue}
					copies={copies}
					topics={topics}
					messages={messages}
					now={stationNow}
					clock={clock}
					call={canCall(state) ? (ticket) => void desk.call(ticket) : null}
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
						onAction={perform}
					/>
				</WaitingList>
			)}
			<ClockBar
				clock={state.clock}
				canConfirm={session.role === "administrator"}
				messages={messages}
				onConfirm={() => void desk.confirmClock()}
			/>
			<DiskBar disk={state.disk} messages={messages} />
			<HelpBar
				help={queue?.help ?? null}
				busy={busy}
				messages={messages}
				clock={clock}
				onAnswer={() => perform("help")}
			/>
			<SilentBoardBar count={queue?.silentBoards ?? 0} messages={messages} />
			<NoticeBar notice={notice} messages={messages} clock={clock} onDismiss={desk.dismissNotice} />
			<TicketActionButtons
				available={[
					...(canChooseOutcome ? (["outcome"] as const) : []),
					...availableTicketActions(state),
					...availableSheets(state),
					...(availableBreak(state) === null ? [] : (["break"] as const)),
				]}
				isPaused={queue?.pausedAt != null}
				busy={busy}
				messages={messages}
				onAction={perform}
			/>
			<ActionButtons available={availableActions(state)} busy={busy} messages={messages} onAction={perform} />
			{dialog !== null && (
				<CounterDialog
					dialog={dialog}
					state={state}
					auth={auth}
					current={current}
					desk={desk}
					messages={messages}
					clock={clock}
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
