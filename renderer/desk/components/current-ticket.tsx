import type { QueueEntry, Topic } from "../../../protocol/api/board.ts";
import { LANGUAGE_NAMES } from "../../i18n/languages.ts";
import { runningTime, waitedTime } from "../messages/format-time.ts";
import { nameFor } from "../messages/language-names.ts";
import type { Words } from "../messages/messages.ts";
import { type Copies, paperMark } from "../state/ticket-paper.ts";
import { ClassTag } from "./class-tag.tsx";
import styles from "./current-ticket.module.css";
import shared from "./shared.module.css";

interface CurrentTicketProps {
	ticket: QueueEntry;
	copies: Copies;
	topic: Topic | null;
	topics: readonly Topic[];
	words: Words;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
}

export function CurrentTicket({ ticket, copies, topic, topics, words, now, clock }: CurrentTicketProps) {
	const serving = ticket.state === "serving";
	const mark = paperMark(ticket, copies, now);
	return (
		<article className={styles.ticket}>
			<div className={styles.ticketHead}>
				<p className={styles.number}>
					<bdi dir="ltr">{ticket.number}</bdi>
				</p>
				<p className={styles.phase} data-phase={ticket.state}>
					<span>{words.say(serving ? "servingFor" : "calledFor")}</span>
					<span className={styles.running}>{runningTime(now - ticket.since)}</span>
					{!serving && ticket.calls > 1 && (
						<span className={styles.callCount}>{words.say("times", { count: ticket.calls })}</span>
					)}
				</p>
			</div>
			<div className={styles.topic}>
				<h3>
					{topic?.name ?? ticket.topic} <ClassTag ticket={ticket} words={words} />
				</h3>
				{ticket.further.length > 0 && (
					<p>{words.say("thenTopics", { topics: ticket.further.map((id) => nameOf(topics, id)).join(" · ") })}</p>
				)}
				{mark !== null && (
					<p className={shared.mark} data-mark={mark}>
						{words.say(`ticketPaper_${mark}`)}
					</p>
				)}
			</div>
			<dl className={styles.facts}>
				<div>
					<dt>{words.say("visitorLanguage")}</dt>
					<dd>
						<bdi lang={ticket.language}>{LANGUAGE_NAMES[ticket.language]}</bdi>
						{ticket.language !== words.language && (
							<span className={styles.aside}>{nameFor(ticket.language, words.language)}</span>
						)}
					</dd>
				</div>
				<div>
					<dt>{words.say("party")}</dt>
					<dd>{words.say("people", { count: ticket.partySize })}</dd>
				</div>
				<div>
					<dt>{words.say("waitingSince")}</dt>
					<dd>
						{clock(ticket.arrivedAt)}
						<span className={styles.aside}>{waitedTime(ticket.since - ticket.arrivedAt, words)}</span>
					</dd>
				</div>
			</dl>
			{ticket.note !== null && (
				<p className={styles.ticketNote}>
					<strong>{words.say("note")}</strong> <bdi>{ticket.note}</bdi>
				</p>
			)}
			{topic !== null && (
				<div className={styles.bring}>
					<h3>{words.say("bring")}</h3>
					{topic.requiredDocuments.length === 0 ? (
						<p>{words.say("bringNothing")}</p>
					) : (
						<ul>
							{topic.requiredDocuments.map(({ id, name }) => (
								<li key={id}>{name}</li>
							))}
						</ul>
					)}
				</div>
			)}
		</article>
	);
}

const nameOf = (topics: readonly Topic[], id: string) => topics.find((topic) => topic.id === id)?.name ?? id;
