import type { QueueEntry, Topic } from "../../../protocol/api/board.ts";
import { LANGUAGE_NAMES } from "../../../protocol/model/language.ts";
import { formatRunning } from "../../i18n/format-time.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { formatWait } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import { type Copies, paperMark } from "../state/ticket-paper.ts";
import { ClassTag } from "./class-tag.tsx";
import styles from "./current-ticket.module.css";
import shared from "./shared.module.css";

interface CurrentTicketProps {
	ticket: QueueEntry;
	copies: Copies;
	topics: readonly Topic[];
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
}

export function CurrentTicket({ ticket, copies, topics, messages, now, clock }: CurrentTicketProps) {
	const topic = topics.find(({ id }) => id === ticket.topic) ?? null;
	const isServing = ticket.state === "serving";
	const mark = paperMark(ticket, copies, now);
	return (
		<article className={styles.ticket}>
			<div className={styles.ticketHead}>
				<p className={styles.number}>
					<bdi dir="ltr">{ticket.number}</bdi>
				</p>
				<p className={styles.phase} data-phase={ticket.state}>
					<span>{messages.t(isServing ? "servingFor" : "calledFor")}</span>
					<span className={styles.running}>{formatRunning(now - ticket.since)}</span>
					{!isServing && ticket.calls > 1 && (
						<span className={styles.callCount}>{messages.t("times", { count: ticket.calls })}</span>
					)}
				</p>
			</div>
			<div className={styles.topic}>
				<h3>
					{topic?.name ?? ticket.topic} <ClassTag ticket={ticket} messages={messages} clock={clock} />
				</h3>
				{ticket.nextTopics.length > 0 && (
					<p>{messages.t("thenTopics", { topics: ticket.nextTopics.map((id) => nameOf(topics, id)).join(" · ") })}</p>
				)}
				{mark !== null && (
					<p className={shared.mark} data-mark={mark}>
						{messages.t(`ticketPaper_${mark}`)}
					</p>
				)}
			</div>
			<dl className={styles.facts}>
				<div>
					<dt>{messages.t("visitorLanguage")}</dt>
					<dd>
						<bdi lang={ticket.language}>{LANGUAGE_NAMES[ticket.language]}</bdi>
						{ticket.language !== messages.language && (
							<span className={styles.aside}>{languageNameIn(ticket.language, messages.language)}</span>
						)}
					</dd>
				</div>
				<div>
					<dt>{messages.t("party")}</dt>
					<dd>{messages.t("people", { count: ticket.partySize })}</dd>
				</div>
				<div>
					<dt>{messages.t("waitingSince")}</dt>
					<dd>
						{clock(ticket.arrivedAt)}
						<span className={styles.aside}>{formatWait(ticket.since - ticket.arrivedAt, messages)}</span>
					</dd>
				</div>
			</dl>
			{ticket.note !== null && (
				<p className={styles.ticketNote}>
					<strong>{messages.t("note")}</strong> <bdi>{ticket.note}</bdi>
				</p>
			)}
			{topic !== null && (
				<div className={styles.bring}>
					<h3>{messages.t("bring")}</h3>
					{topic.requiredDocuments.length === 0 ? (
						<p>{messages.t("bringNothing")}</p>
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
