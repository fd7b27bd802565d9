import type { ReactNode } from "react";
import type { Queue, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { formatWait } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import { countTickets, isHeldBack, waitingTickets } from "../state/queue.ts";
import { type Copies, paperMark } from "../state/ticket-paper.ts";
import dialogStyles from "./action-dialog.module.css";
import { ClassTag } from "./class-tag.tsx";
import shared from "./shared.module.css";
import styles from "./waiting-list.module.css";

interface WaitingListProps {
	queue: Queue;
	copies: Copies;
	topics: readonly Topic[];
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	/** Calls this ticket; null while the counter is not free. */
	call: ((ticket: QueueEntry) => void) | null;
	/** Shown below the list. */
	children: ReactNode;
}

/** The waiting tickets in the order in which they are called, below the counts. */
export function WaitingList({ queue, copies, topics, messages, now, clock, call, children }: WaitingListProps) {
	const waiting = waitingTickets(queue);
	const aside = queue.tickets.filter(({ state }) => state === "parked" || state === "missed");
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	return (
		<section className={styles.list} aria-labelledby="waiting">
			<h2 id="waiting" className={styles.title}>
				{messages.t("waiting", { count: waiting.length })}
			</h2>
			<Counts queue={queue} messages={messages} />
			{waiting.length + aside.length === 0 ? (
				<p className={styles.empty}>{messages.t("nobodyWaits")}</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
				<section className={styles.scroll} aria-label={messages.t("waitingHeading")} tabIndex={0}>
					<table>
						<thead>
							<tr>
								<th scope="col">{messages.t("columnNumber")}</th>
								<th scope="col">{messages.t("columnTopic")}</th>
								<th scope="col">{messages.t("columnLanguage")}</th>
								<th scope="col">{messages.t("columnParty")}</th>
								<th scope="col">{messages.t("columnSince")}</th>
								<th scope="col">
									<span className={hidden.visuallyHidden}>{messages.t("action_call")}</span>
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
									nextTopics={ticket.nextTopics.map((id) => names.get(id) ?? id).join(" · ")}
									messages={messages}
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

interface RowProps extends Pick<WaitingListProps, "copies" | "messages" | "now" | "clock" | "call"> {
	ticket: QueueEntry;
	topic: string;
	/** Its next topics, empty where there is none. */
	nextTopics: string;
}

function Row({ ticket, copies, topic, nextTopics, messages, now, clock, call }: RowProps) {
	const mark = paperMark(ticket, copies, now);
	const heldBackUntil = isHeldBack(ticket, now) ? ticket.notBefore : null;
	return (
		<tr data-held-back={heldBackUntil !== null}>
			<th scope="row">
				<bdi dir="ltr">{ticket.number}</bdi>
			</th>
			<td>
				{topic} <ClassTag ticket={ticket} messages={messages} />
				{ticket.state === "parked" && <span className={dialogStyles.tag}>{messages.t("parkedTickets")}</span>}
				{ticket.state === "missed" && <span className={dialogStyles.tag}>{messages.t("missedTickets")}</span>}
				{ticket.reservedFor !== null && (
					<span className={dialogStyles.tag}>{messages.t("onlyCounter", { counter: ticket.reservedFor })}</span>
				)}
				{mark !== null && (
					<span className={`${shared.mark} ${styles.paper}`} data-mark={mark}>
						{messages.t(`paper_${mark}`)}
					</span>
				)}
				{nextTopics !== "" && <span className={styles.note}>{messages.t("thenTopics", { topics: nextTopics })}</span>}
				{ticket.note !== null && (
					<span className={styles.note}>
						<strong>{messages.t("note")}</strong> <bdi>{ticket.note}</bdi>
					</span>
				)}
				{heldBackUntil !== null && (
					<span className={styles.note}>{messages.t("heldBackUntil", { time: clock(heldBackUntil) })}</span>
				)}
			</td>
			<td>{languageNameIn(ticket.language, messages.language)}</td>
			<td>{ticket.partySize}</td>
			<td>
				{formatWait(now - ticket.arrivedAt, messages)}
				<span className={styles.note}>{messages.t("arrivedAt", { time: clock(ticket.arrivedAt) })}</span>
			</td>
			<td>
				<button
					type="button"
					className={dialogStyles.callThis}
					aria-label={messages.t("callThis", { number: ticket.number })}
					aria-disabled={call === null}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => call?.(ticket)}
				>
					{messages.t("action_call")}
				</button>
			</td>
		</tr>
	);
}

function Counts({ queue, messages }: Pick<WaitingListProps, "queue" | "messages">) {
	const counts = countTickets(queue);
	return (
		<dl className={styles.counts} aria-label={messages.t("counts")}>
			<div>
				<dt>{messages.t("countCalled")}</dt>
				<dd>{counts.called}</dd>
			</div>
			<div>
				<dt>{messages.t("countServing")}</dt>
				<dd>{counts.serving}</dd>
			</div>
			<div>
				<dt>{messages.t("countMissed")}</dt>
				<dd>{counts.missed}</dd>
			</div>
		</dl>
	);
}
