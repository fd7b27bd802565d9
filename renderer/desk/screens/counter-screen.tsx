import { useEffect, useRef, useState } from "react";
import unseen from "../../ui/visually-hidden.module.css";
import { ActionButtons } from "../components/action-buttons.tsx";
import { ActionDialog } from "../components/action-dialog.tsx";
import { CurrentTicket } from "../components/current-ticket.tsx";
import { FreeCounter } from "../components/free-counter.tsx";
import { HelpBar } from "../components/help-bar.tsx";
import { IssueDialog } from "../components/issue-dialog.tsx";
import { NoteDialog } from "../components/note-dialog.tsx";
import { NoticeBar, sentenceOf } from "../components/notice-bar.tsx";
import { PhraseSheet } from "../components/phrase-sheet.tsx";
import { PrinterPanel } from "../components/printer-panel.tsx";
import shared from "../components/shared.module.css";
import { TicketActionButtons } from "../components/ticket-action-buttons.tsx";
import { WaitingCounts } from "../components/waiting-list.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import type { Messages } from "../messages/messages.ts";
import { actForKey, type FocusKind, type KeyedAction, type Question, type Sheet } from "../state/actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import {
	type Auth,
	actionsOffered,
	breakOffered,
	callOffered,
	type DeskState,
	type Notice,
	newRollOffered,
	reprintOffered,
	sheetsOffered,
	ticketActionsOffered,
} from "../state/state.ts";
import styles from "./counter-screen.module.css";

interface CounterProps {
	state: DeskState;
	auth: Extract<Auth, { kind: "signed-in" }>;
	desk: Desk;
	messages: Messages;
	/** This machine's clock. */
	now: number;
	clock(instant: number): string;
}

/** The working screen of one counter. */
export function Counter({ state, auth, desk, messages, now, clock }: CounterProps) {
	const { queue, copies, busy, notice, done, session } = auth;
	const stationNow = now + state.clockOffset;
	const heading = useRef<HTMLHeadingElement>(null);
	const [asking, setAsking] = useState<Question | Sheet | null>(null);
	const outcomeOffered = actionsOffered(state).includes("finish");
	const act = (chosen: KeyedAction | "new-roll") => {
		switch (chosen) {
			case "outcome":
				if (outcomeOffered) setAsking(chosen);
				return;
			case "transfer":
			case "cancel":
				if (ticketActionsOffered(state).includes(chosen)) setAsking(chosen);
				return;
			case "note":
			case "phrases":
			case "issue":
				if (sheetsOffered(state).includes(chosen)) setAsking(chosen);
				return;
			default:
				void desk.act(chosen);
		}
	};
	useActionKeys(desk, act);
	useEffect(() => heading.current?.focus(), []);

	const topics = state.topics?.topics ?? [];
	const current = queue && ticketAtCounter(queue, session.counter);
	const topic = current && topics.find(({ id }) => id === current.topic);
	const waiting = queue?.tickets.filter((ticket) => ticket.state === "waiting").length ?? 0;
	const counter = messages.t("counter", { counter: session.counter });

	useEffect(() => {
		document.title = `${current?.number ?? `(${waiting})`} · ${counter}`;
	}, [current?.number, waiting, counter]);

	return (
		<main className={styles.counter}>
			<h1 ref={heading} tabIndex={-1} className={unseen.unseen}>
				{counter}
			</h1>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when a topic asks for much, so it must be reachable by keyboard. */}
			<section className={styles.current} aria-labelledby="current" tabIndex={0}>
				<h2 id="current" className={unseen.unseen}>
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
						topic={topic ?? null}
						topics={topics}
						messages={messages}
						now={stationNow}
						clock={clock}
					/>
				)}
			</section>
			{queue !== null && (
				<WaitingCounts
					queue={queue}
					copies={copies}
					topics={topics}
					messages={messages}
					now={stationNow}
					clock={clock}
					call={callOffered(state) ? (ticket) => void desk.call(ticket) : null}
				>
					<PrinterPanel
						queue={queue}
						copies={copies}
						printer={state.printer}
						reprint={reprintOffered(state)}
						newRollOffered={newRollOffered(state)}
						busy={busy}
						messages={messages}
						now={stationNow}
						onAction={act}
					/>
				</WaitingCounts>
			)}
			<HelpBar help={queue?.help ?? null} busy={busy} messages={messages} clock={clock} onAnswer={() => act("help")} />
			<NoticeBar notice={notice} messages={messages} clock={clock} onPutAway={desk.putNoticeAway} />
			<TicketActionButtons
				offered={[
					...(outcomeOffered ? (["outcome"] as const) : []),
					...ticketActionsOffered(state),
					...sheetsOffered(state),
					...(breakOffered(state) === null ? [] : (["break"] as const)),
				]}
				paused={queue?.pausedAt != null}
				busy={busy}
				messages={messages}
				onAction={act}
			/>
			<ActionButtons offered={actionsOffered(state)} busy={busy} messages={messages} onAction={act} />
			{asking === "issue" && (
				<IssueDialog
					topics={topics}
					printerReady={queue?.printer.condition === "ready"}
					messages={messages}
					trouble={troubleOf(notice, messages, clock)}
					issue={desk.issue}
					onDismiss={() => setAsking(null)}
				/>
			)}
			{asking === "phrases" && current !== null && (
				<PhraseSheet language={current.language} messages={messages} onDismiss={() => setAsking(null)} />
			)}
			{asking === "note" && current !== null && (
				<NoteDialog
					ticket={current}
					messages={messages}
					onKeep={(note) => {
						setAsking(null);
						void desk.note(note);
					}}
					onDismiss={() => setAsking(null)}
				/>
			)}
			{isQuestion(asking) && current !== null && (
				<ActionDialog
					question={asking}
					ticket={current}
					topics={topics}
					counters={state.topics?.site.counters ?? []}
					messages={messages}
					clock={clock}
					onDecide={(act, details) => {
						setAsking(null);
						void desk.actWith(act, details);
					}}
					otherSites={desk.otherSites}
					onSendOn={(site) => {
						setAsking(null);
						void desk.sendOn(site);
					}}
					onFinish={(outcome) => {
						setAsking(null);
						void desk.finish(outcome);
					}}
					onDismiss={() => setAsking(null)}
				/>
			)}
			<div role="status" className={unseen.unseen}>
				{done && <p key={done.count}>{messages.t(`done_${done.action}`, { number: done.number ?? "" })}</p>}
				{queue !== null && current === null && waiting > 0 && <p>{messages.t("someoneWaits")}</p>}
			</div>
		</main>
	);
}

const isQuestion = (asking: Question | Sheet | null): asking is Question =>
	asking === "transfer" || asking === "cancel" || asking === "outcome";

/** Of what was asked by the form alone. A ticket that may or may not be given: the same form gives the same ticket. */
function troubleOf(notice: Notice | null, messages: Messages, clock: (instant: number) => string): string | null {
	if (notice === null || !("action" in notice) || notice.action !== "issue") return null;
	return notice.kind === "outcome-unknown" ? messages.t("issueAgain") : sentenceOf(notice, messages, clock);
}

/** One key for each act, wherever the focus is, except in text. Escape puts the notice away. */
function useActionKeys(desk: Desk, act: (act: KeyedAction) => void): void {
	const latest = useRef(act);
	latest.current = act;
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			// A question that is open has the keys to itself.
			if (document.querySelector("dialog[open]") !== null) return;
			if (event.key === "Escape") desk.putNoticeAway();
			const act = actForKey(event, focusKind(document.activeElement));
			if (act === null) return;
			event.preventDefault();
			latest.current(act);
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [desk]);
}

/** A control that the mouse has left the focus on does not take Space and Enter away from "next". */
function focusKind(focused: Element | null): FocusKind {
	if (focused === null) return "other-sites";
	if (focused.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return "text";
	return focused.matches(":is(button, a[href], summary, input):focus-visible") ? "control" : "other-sites";
}
