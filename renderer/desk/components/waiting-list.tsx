import type { ReactNode } from "react";
import type { Queue, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import unseen from "../../ui/visually-hidden.module.css";
import { waitedTime } from "../messages/format-time.ts";
import { nameFor } from "../messages/language-names.ts";
import type { Words } from "../messages/messages.ts";
import { countTickets, isResting, waitingTickets } from "../state/queue.ts";
import { type Copies, paperMark } from "../state/ticket-paper.ts";
import more from "./action-dialog.module.css";
import { ClassTag } from "./class-tag.tsx";
import shared from "./shared.module.css";
import styles from "./waiting-list.module.css";

interface WaitingLineProps {
	queue: Queue;
	copies: Copies;
	topics: readonly Topic[];
	words: Words;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	/** Calls this very ticket; null while the counter is not free. */
	call: ((ticket: QueueEntry) => void) | null;
	/** What stands below the line. */
	children: ReactNode;
}

/** Who waits, in the order in which they are called; above it the counts. */
export function WaitingLine({ queue, copies, topics, words, now, clock, call, children }: WaitingLineProps) {
	const waiting = waitingTickets(queue);
	const aside = queue.tickets.filter(({ state }) => state === "parked" || state === "missed");
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	return (
		<section className={styles.line} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.lineTitle}>
				{words.say("waiting", { count: waiting.length })}
			</h2>
			<Counts queue={queue} words={words} />
			{waiting.length + aside.length === 0 ? (
				<p className={styles.lineEmpty}>{words.say("nobodyWaits")}</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
				<section className={styles.scroll} aria-label={words.say("waitingHeading")} tabIndex={0}>
					<table>
						<thead>
							<tr>
								<th scope="col">{words.say("columnNumber")}</th>
								<th scope="col">{words.say("columnTopic")}</th>
								<th scope="col">{words.say("columnLanguage")}</th>
								<th scope="col">{words.say("columnParty")}</th>
								<th scope="col">{words.say("columnSince")}</th>
								<th scope="col">
									<span className={unseen.unseen}>{words.say("act_call")}</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{[...waiting, ...aside].map((ticket) => (
								<Row
									key={ticket.id}
									ticket={ticket}
									copies={copies}
									topic={names.get(ticket.topic) ?? ticket.topic}
									further={ticket.further.map((id) => names.get(id) ?? id).join(" · ")}
									words={words}
									now={now}
									clock={clock}
									call={call}
								/>
							))}
						</tbody>
					</table>
				</section>
			)}
			{children}
		</section>
	);
}

interface RowProps extends Pick<WaitingLineProps, "copies" | "words" | "now" | "clock" | "call"> {
	ticket: QueueEntry;
	topic: string;
	/** Its next topics, empty where there is none. */
	further: string;
}

function Row({ ticket, copies, topic, further, words, now, clock, call }: RowProps) {
	const mark = paperMark(ticket, copies, now);
	const resting = isResting(ticket, now) ? ticket.restsUntil : null;
	return (
		<tr data-resting={resting !== null}>
			<th scope="row">
				<bdi dir="ltr">{ticket.number}</bdi>
			</th>
			<td>
				{topic} <ClassTag ticket={ticket} words={words} />
				{ticket.state === "parked" && <span className={more.tag}>{words.say("parkedTickets")}</span>}
				{ticket.state === "missed" && <span className={more.tag}>{words.say("missedTickets")}</span>}
				{ticket.reservedFor !== null && (
					<span className={more.tag}>{words.say("onlyCounter", { counter: ticket.reservedFor })}</span>
				)}
				{mark !== null && (
					<span className={`${shared.mark} ${styles.paper}`} data-mark={mark}>
						{words.say(`paper_${mark}`)}
					</span>
				)}
				{further !== "" && <span className={styles.note}>{words.say("thenTopics", { topics: further })}</span>}
				{ticket.note !== null && (
					<span className={styles.note}>
						{words.say("note")}: <bdi>{ticket.note}</bdi>
					</span>
				)}
				{resting !== null && <span className={styles.note}>{words.say("restsUntil", { time: clock(resting) })}</span>}
			</td>
			<td>{nameFor(ticket.language, words.language)}</td>
			<td>{ticket.partySize}</td>
			<td>
				{waitedTime(now - ticket.arrivedAt, words)}
				<span className={styles.note}>{words.say("arrivedAt", { time: clock(ticket.arrivedAt) })}</span>
			</td>
			<td>
				<button
					type="button"
					className={more.callThis}
					aria-label={words.say("callThis", { number: ticket.number })}
					aria-disabled={call === null}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => call?.(ticket)}
				>
					{words.say("act_call")}
				</button>
			</td>
		</tr>
	);
}

function Counts({ queue, words }: Pick<WaitingLineProps, "queue" | "words">) {
	const counts = countTickets(queue);
	return (
		<dl className={styles.counts} aria-label={words.say("counts")}>
			<div>
				<dt>{words.say("countCalled")}</dt>
				<dd>{counts.called}</dd>
			</div>
			<div>
				<dt>{words.say("countServing")}</dt>
				<dd>{counts.serving}</dd>
			</div>
			<div>
				<dt>{words.say("countMissed")}</dt>
				<dd>{counts.missed}</dd>
			</div>
		</dl>
	);
}
