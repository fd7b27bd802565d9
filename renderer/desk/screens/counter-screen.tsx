import { useEffect, useRef, useState } from "react";
import unseen from "../../ui/visually-hidden.module.css";
import { ActButtons } from "../components/action-buttons.tsx";
import { ActDialog } from "../components/action-dialog.tsx";
import { CurrentTicket } from "../components/current-ticket.tsx";
import { FreeCounter } from "../components/free-counter.tsx";
import { HelpBar } from "../components/help-bar.tsx";
import { IssueDialog } from "../components/issue-dialog.tsx";
import { NoteDialog } from "../components/note-dialog.tsx";
import { NoticeBar, sentenceOf } from "../components/notice-bar.tsx";
import { PhraseSheet } from "../components/phrase-sheet.tsx";
import { PrinterPanel } from "../components/printer-panel.tsx";
import shared from "../components/shared.module.css";
import { TicketActButtons } from "../components/ticket-action-buttons.tsx";
import { WaitingLine } from "../components/waiting-list.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import type { Words } from "../messages/messages.ts";
import { actForKey, type FocusKind, type KeyedAct, type Question, type Sheet } from "../state/actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import {
	actsOffered,
	breakOffered,
	callOffered,
	type DeskState,
	type Notice,
	newRollOffered,
	reprintOffered,
	type Seat,
	sheetsOffered,
	ticketActsOffered,
} from "../state/state.ts";
import styles from "./counter-screen.module.css";

interface CounterProps {
	state: DeskState;
	seat: Extract<Seat, { kind: "signed-in" }>;
	desk: Desk;
	words: Words;
	/** This machine's clock. */
	now: number;
	clock(instant: number): string;
}

/** The working screen of one counter. */
export function Counter({ state, seat, desk, words, now, clock }: CounterProps) {
	const { queue, copies, busy, notice, done, session } = seat;
	const stationNow = now + state.clockOffset;
	const heading = useRef<HTMLHeadingElement>(null);
	const [asking, setAsking] = useState<Question | Sheet | null>(null);
	const outcomeOffered = actsOffered(state).includes("finish");
	const act = (chosen: KeyedAct | "new-roll") => {
		switch (chosen) {
			case "outcome":
				if (outcomeOffered) setAsking(chosen);
				return;
			case "transfer":
			case "cancel":
				if (ticketActsOffered(state).includes(chosen)) setAsking(chosen);
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
	useActKeys(desk, act);
	useEffect(() => heading.current?.focus(), []);

	const topics = state.topics?.topics ?? [];
	const current = queue && ticketAtCounter(queue, session.counter);
	const topic = current && topics.find(({ id }) => id === current.topic);
	const waiting = queue?.tickets.filter((ticket) => ticket.state === "waiting").length ?? 0;
	const counter = words.say("counter", { counter: session.counter });

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
					{words.say("current")}
				</h2>
				{queue === null ? (
					<p className={shared.loading}>{words.say("loading")}</p>
				) : current === null ? (
					<FreeCounter queue={queue} topics={topics} words={words} now={stationNow} clock={clock} />
				) : (
					<CurrentTicket
						ticket={current}
						copies={copies}
						topic={topic ?? null}
						topics={topics}
						words={words}
						now={stationNow}
						clock={clock}
					/>
				)}
			</section>
			{queue !== null && (
				<WaitingLine
					queue={queue}
					copies={copies}
					topics={topics}
					words={words}
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
						words={words}
						now={stationNow}
						onAct={act}
					/>
				</WaitingLine>
			)}
			<HelpBar help={queue?.help ?? null} busy={busy} words={words} clock={clock} onAnswer={() => act("help")} />
			<NoticeBar notice={notice} words={words} clock={clock} onPutAway={desk.putNoticeAway} />
			<TicketActButtons
				offered={[
					...(outcomeOffered ? (["outcome"] as const) : []),
					...ticketActsOffered(state),
					...sheetsOffered(state),
					...(breakOffered(state) === null ? [] : (["break"] as const)),
				]}
				paused={queue?.pausedAt != null}
				busy={busy}
				words={words}
				onAct={act}
			/>
			<ActButtons offered={actsOffered(state)} busy={busy} words={words} onAct={act} />
			{asking === "issue" && (
				<IssueDialog
					topics={topics}
					printerReady={queue?.printer.condition === "ready"}
					words={words}
					trouble={troubleOf(notice, words, clock)}
					issue={desk.issue}
					onDismiss={() => setAsking(null)}
				/>
			)}
			{asking === "phrases" && current !== null && (
				<PhraseSheet language={current.language} words={words} onDismiss={() => setAsking(null)} />
			)}
			{asking === "note" && current !== null && (
				<NoteDialog
					ticket={current}
					words={words}
					onKeep={(note) => {
						setAsking(null);
						void desk.note(note);
					}}
					onDismiss={() => setAsking(null)}
				/>
			)}
			{isQuestion(asking) && current !== null && (
				<ActDialog
					question={asking}
					ticket={current}
					topics={topics}
					counters={state.topics?.site.counters ?? []}
					words={words}
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
				{done && <p key={done.count}>{words.say(`done_${done.act}`, { number: done.number ?? "" })}</p>}
				{queue !== null && current === null && waiting > 0 && <p>{words.say("someoneWaits")}</p>}
			</div>
		</main>
	);
}

const isQuestion = (asking: Question | Sheet | null): asking is Question =>
	asking === "transfer" || asking === "cancel" || asking === "outcome";

/** Of what was asked by the form alone. A ticket that may or may not be given: the same form gives the same ticket. */
function troubleOf(notice: Notice | null, words: Words, clock: (instant: number) => string): string | null {
	if (notice === null || !("act" in notice) || notice.act !== "issue") return null;
	return notice.kind === "outcome-unknown" ? words.say("issueAgain") : sentenceOf(notice, words, clock);
}

/** One key for each act, wherever the focus is, except in text. Escape puts the notice away. */
function useActKeys(desk: Desk, act: (act: KeyedAct) => void): void {
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
	if (focused === null) return "elsewhere";
	if (focused.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return "text";
	return focused.matches(":is(button, a[href], summary, input):focus-visible") ? "control" : "elsewhere";
}
