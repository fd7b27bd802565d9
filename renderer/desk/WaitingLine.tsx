import type { Queue, QueueEntry, Topic } from "../../protocol/board.ts";
import styles from "./desk.module.css";
import { nameFor } from "./language-names.ts";
import { countTickets, isResting, paperMark, waitingTickets } from "./queue.ts";
import { waitedTime } from "./times.ts";
import type { Words } from "./words.ts";

interface WaitingLineProps {
	queue: Queue;
	topics: readonly Topic[];
	words: Words;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
}

/** Who waits, in the order in which they are called; beside it the counts and the printer. */
export function WaitingLine({ queue, topics, words, now, clock }: WaitingLineProps) {
	const waiting = waitingTickets(queue);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	return (
		<section className={styles.line} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.lineTitle}>
				{words.say("waiting", { count: waiting.length })}
			</h2>
			<Counts queue={queue} words={words} now={now} />
			{waiting.length === 0 ? (
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
							</tr>
						</thead>
						<tbody>
							{waiting.map((ticket) => (
								<Row
									key={ticket.id}
									ticket={ticket}
									topic={names.get(ticket.topic) ?? ticket.topic}
									words={words}
									now={now}
									clock={clock}
								/>
							))}
						</tbody>
					</table>
				</section>
			)}
			<Printer queue={queue} words={words} />
		</section>
	);
}

interface RowProps extends Pick<WaitingLineProps, "words" | "now" | "clock"> {
	ticket: QueueEntry;
	topic: string;
}

function Row({ ticket, topic, words, now, clock }: RowProps) {
	const mark = paperMark(ticket, now);
	const resting = isResting(ticket, now) ? ticket.restsUntil : null;
	return (
		<tr data-resting={resting !== null}>
			<th scope="row">
				<bdi dir="ltr">{ticket.number}</bdi>
			</th>
			<td>
				{topic}
				{mark !== null && <span className={styles.mark}>{words.say(`paper_${mark}`)}</span>}
				{resting !== null && <span className={styles.note}>{words.say("restsUntil", { time: clock(resting) })}</span>}
			</td>
			<td>{nameFor(ticket.language, words.language)}</td>
			<td>{ticket.partySize}</td>
			<td>
				{waitedTime(now - ticket.arrivedAt, words)}
				<span className={styles.note}>{words.say("arrivedAt", { time: clock(ticket.arrivedAt) })}</span>
			</td>
		</tr>
	);
}

function Counts({ queue, words, now }: Pick<WaitingLineProps, "queue" | "words" | "now">) {
	const counts = countTickets(queue, now);
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
			<div data-warning={counts.unprinted > 0}>
				<dt>{words.say("countUnprinted")}</dt>
				<dd>{counts.unprinted}</dd>
			</div>
		</dl>
	);
}

function Printer({ queue, words }: Pick<WaitingLineProps, "queue" | "words">) {
	const { condition, paperNearEnd } = queue.printer;
	const well = condition === "ready" && !paperNearEnd;
	return (
		<p className={styles.printer} data-well={well} role="status">
			<span aria-hidden="true" className={styles.sign}>
				{well ? "✓" : "!"}
			</span>
			<span>{words.say("printer")}</span>
			<strong>
				{condition === "ready" && paperNearEnd ? words.say("paperNearEnd") : words.say(`printer_${condition}`)}
			</strong>
		</p>
	);
}
