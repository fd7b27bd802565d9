import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import type { Queue, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import type { EndedTicket } from "../../../protocol/model/ticket.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { formatWait } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import { countTickets, findTickets, isHeldBack, lateness, nextHere, waitingTickets } from "../state/queue.ts";
import { type Copies, paperMark } from "../state/ticket-paper.ts";
import dialogStyles from "./action-dialog.module.css";
import { ClassTag } from "./class-tag.tsx";
import { EndedNumbers } from "./ended-numbers.tsx";
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
	/** Opens the actions of a ticket. */
	open(ticket: QueueEntry): void;
	/** The number that is searched for, and its field. */
	find: { text: string; field: RefObject<HTMLInputElement | null>; change(text: string): void };
	/** Today's tickets with a number that are over. */
	endedTickets(number: string): Promise<readonly EndedTicket[]>;
	/** Shown below the list. */
	children: ReactNode;
}

/** Every topic. */
const ALL = "";

/** The tickets in the order in which they are called, with a search by number and a filter of topics above. */
export function WaitingList({
	queue,
	copies,
	topics,
	messages,
	now,
	clock,
	call,
	open,
	find,
	endedTickets,
	children,
}: WaitingListProps) {
	const { t } = messages;
	const [topic, setTopic] = useState(ALL);
	const waiting = waitingTickets(queue);
	const others = queue.tickets.filter(
		({ state, stranded }) => state === "parked" || state === "missed" || (state !== "waiting" && stranded !== null),
	);
	const found = findTickets(queue.tickets, find.text);
	const isSearching = find.text.trim() !== "";
	const shown = isSearching
		? found
		: [...waiting, ...others].filter((ticket) => topic === ALL || ticket.topic === topic);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	const offered = [...new Set([...waiting, ...others].map((ticket) => ticket.topic))];
	const next = nextHere(queue);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const [only, ...more] = found;
		if (only === undefined || more.length > 0) return;
		find.change("");
		find.field.current?.blur();
		open(only);
	};
	return (
		<section className={styles.list} aria-labelledby="waiting">
			<header className={styles.head}>
				<h2 id="waiting" className={styles.title}>
					{t("waiting", { count: waiting.length })}
				</h2>
				<Counts queue={queue} messages={messages} />
				<form onSubmit={submit} className={styles.search}>
					<select aria-label={t("filterTopics")} value={topic} onChange={(event) => setTopic(event.target.value)}>
						<option value={ALL}>{t("filterAll")}</option>
						{offered.map((id) => (
							<option key={id} value={id}>
								{names.get(id) ?? id}
							</option>
						))}
					</select>
					<input
						ref={find.field}
						type="search"
						inputMode="numeric"
						maxLength={8}
						aria-label={t("findLabel")}
						placeholder={t("findHint")}
						value={find.text}
						onChange={(event) => find.change(event.target.value)}
						onKeyDown={(event) => {
							if (event.key !== "Escape") return;
							find.change("");
							event.currentTarget.blur();
						}}
					/>
				</form>
			</header>
			{shown.length === 0 ? (
				<p role="status" className={styles.empty}>
					{isSearching ? (
						<EndedNumbers typed={find.text} messages={messages} clock={clock} load={endedTickets} />
					) : (
						t("nobodyWaits")
					)}
				</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
				<section className={styles.scroll} aria-label={t("waitingHeading")} tabIndex={0}>
					<table>
						<thead>
							<tr>
								<th scope="col">{t("columnNumber")}</th>
								<th scope="col">{t("columnTopic")}</th>
								<th scope="col">{t("columnLanguage")}</th>
								<th scope="col">{t("columnParty")}</th>
								<th scope="col">{t("columnSince")}</th>
								<th scope="col">
									<span className={hidden.visuallyHidden}>{t("actions")}</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{shown.map((ticket) => (
								<Row
									key={ticket.id}
									ticket={ticket}
									isNext={ticket.id === next?.id}
									copies={copies}
									topic={names.get(ticket.topic) ?? ticket.topic}
									nextTopics={ticket.nextTopics.map((id) => names.get(id) ?? id).join(" · ")}
									messages={messages}
									now={now}
									clock={clock}
									call={call}
									open={open}
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

interface RowProps extends Pick<WaitingListProps, "copies" | "messages" | "now" | "clock" | "call" | "open"> {
	ticket: QueueEntry;
	/** True for the one that "next" calls here. */
	isNext: boolean;
	topic: string;
	/** Its next topics, empty where there is none. */
	nextTopics: string;
}

function Row({ ticket, isNext, copies, topic, nextTopics, messages, now, clock, call, open }: RowProps) {
	const { t } = messages;
	const mark = paperMark(ticket, copies, now);
	const late = lateness(ticket, now);
	const heldBackUntil = isHeldBack(ticket, now) ? ticket.notBefore : null;
	return (
		<tr data-held-back={heldBackUntil !== null} data-next={isNext}>
			<th scope="row">
				<bdi dir="ltr">{ticket.number}</bdi>
			</th>
			<td>
				{topic} <ClassTag ticket={ticket} messages={messages} clock={clock} />
				{isNext && <span className={styles.next}>{t("nextHere")}</span>}
				{ticket.stranded !== null && <span className={styles.stranded}>{t(`stranded_${ticket.stranded}`)}</span>}
				{ticket.state === "parked" && <span className={dialogStyles.tag}>{t("parkedTickets")}</span>}
				{ticket.state === "missed" && <span className={dialogStyles.tag}>{t("missedTickets")}</span>}
				{ticket.reservedFor !== null && (
					<span className={dialogStyles.tag}>{t("onlyCounter", { counter: ticket.reservedFor })}</span>
				)}
				{mark !== null && (
					<span className={`${shared.mark} ${styles.paper}`} data-mark={mark}>
						{t(`paper_${mark}`)}
					</span>
				)}
				{nextTopics !== "" && <span className={styles.note}>{t("thenTopics", { topics: nextTopics })}</span>}
				{ticket.note !== null && (
					<span className={`${styles.note} ${styles.ownNote}`} title={ticket.note}>
						<strong>{t("note")}</strong> <bdi>{ticket.note}</bdi>
					</span>
				)}
				{heldBackUntil !== null && (
					<span className={styles.note}>{t("heldBackUntil", { time: clock(heldBackUntil) })}</span>
				)}
			</td>
			<td>{languageNameIn(ticket.language, messages.language)}</td>
			<td>{ticket.partySize}</td>
			<td>
				<span title={t("arrivedAt", { time: clock(ticket.arrivedAt) })}>
					{formatWait(now - ticket.arrivedAt, messages)}
				</span>
				{late !== null && (
					<span className={styles.late} data-late={late}>
						{t(late)}
					</span>
				)}
			</td>
			<td>
				<div className={styles.rowButtons}>
					<button
						type="button"
						className={dialogStyles.callThis}
						aria-label={t("callThis", { number: ticket.number })}
						aria-disabled={call === null}
						onMouseDown={(event) => event.preventDefault()}
						onClick={() => call?.(ticket)}
					>
						{t("action_call")}
					</button>
					<button
						type="button"
						className={dialogStyles.callThis}
						aria-label={t("openTicket", { number: ticket.number })}
						onMouseDown={(event) => event.preventDefault()}
						onClick={() => open(ticket)}
					>
						<span aria-hidden="true">⋯</span>
					</button>
				</div>
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
