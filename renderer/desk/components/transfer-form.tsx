import { type FormEvent, useEffect, useState } from "react";
import type { OtherSite, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import type { TopicId } from "../../../protocol/model/ids.ts";
import type { Counter } from "../../../protocol/model/staff.ts";
import { formatTime } from "../../i18n/format-time.ts";
import { formatOpening } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";
import { Decision } from "./dialog.tsx";

export interface TransferTargets {
	topics: readonly Topic[];
	/** Who is at which counter. */
	loadCounters(): Promise<readonly Counter[]>;
	/** The other sites that offer a topic. */
	otherSites(topic: string): Promise<readonly OtherSite[]>;
}

interface TransferFormProps extends TransferTargets {
	ticket: QueueEntry;
	messages: Messages;
	clock(instant: number): string;
	onDecide(target: { topic: string | undefined; counter: string | null; anyway: boolean }): void;
	onRefer(site: OtherSite): void;
	onDismiss(): void;
}

const ANYWHERE = "";
const HERE = "";

/**
 * To another topic or counter of this site, or to another site, which chooses both itself. It shows who is where, and
 * offers no counter that would not call the ticket.
 */
export function TransferForm({ ticket, topics, messages, clock, ...handlers }: TransferFormProps) {
	const [topic, setTopic] = useState(ticket.topic);
	const [counter, setCounter] = useState(ANYWHERE);
	const [site, setSite] = useState(HERE);
	const [anyway, setAnyway] = useState(false);
	const sites = useLoaded(handlers.otherSites, ticket.topic);
	const counters = useLoaded(handlers.loadCounters, undefined);
	const target = sites.find(({ id }) => id === site);
	const serving = counters.filter((one) => one.staff !== null && serves(one, topic));
	const isUnserved = target === undefined && counter === ANYWHERE && counters.length > 0 && serving.length === 0;
	const isChange = target !== undefined || topic !== ticket.topic || counter !== ANYWHERE;
	const isReady = isChange && (!isUnserved || anyway);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isReady) return;
		if (target) handlers.onRefer(target);
		else
			handlers.onDecide({
				topic: topic === ticket.topic ? undefined : topic,
				counter: counter === ANYWHERE ? null : counter,
				anyway: isUnserved && anyway,
			});
	};
	return (
		<form onSubmit={submit}>
			<label>
				<span>{messages.t("toTopic")}</span>
				<select
					disabled={target !== undefined}
					value={topic}
					onChange={(event) => {
						const chosen = topics.find(({ id }) => id === event.target.value)?.id ?? topic;
						setTopic(chosen);
						if (!counters.some((one) => one.counter === counter && serves(one, chosen))) setCounter(ANYWHERE);
					}}
				>
					{topics.map(({ id, name }) => (
						<option key={id} value={id}>
							{id === ticket.topic ? `${name} (${messages.t("sameTopic")})` : name}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{messages.t("toCounter")}</span>
				<select disabled={target !== undefined} value={counter} onChange={(event) => setCounter(event.target.value)}>
					<option value={ANYWHERE}>{messages.t("anyCounter")}</option>
					{counters.map((one) => (
						<option key={one.counter} value={one.counter} disabled={one.staff === null || !serves(one, topic)}>
							{messages.t("counter", { counter: one.counter })} — {whoIsThere(one, topic, messages)}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{messages.t("toSite")}</span>
				<select value={site} onChange={(event) => setSite(event.target.value)}>
					<option value={HERE}>{messages.t("thisSite")}</option>
					{sites.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</label>
			{isUnserved && (
				<>
					<p role="alert" className={styles.warning}>
						{messages.t("topicUnserved")}
					</p>
					<label className={styles.choice}>
						<input type="checkbox" checked={anyway} onChange={(event) => setAnyway(event.target.checked)} />
						<span>{messages.t("transferAnyway")}</span>
					</label>
				</>
			)}
			<p role="status">
				{target === undefined
					? messages.t("keepsNumber")
					: otherSiteFacts(target, messages, clock).join(messages.language === "en" ? " " : "")}
			</p>
			<Decision
				dismiss={messages.t("dismiss")}
				decide={messages.t(target === undefined ? "doTransfer" : "doRefer")}
				ready={isReady}
				onDismiss={handlers.onDismiss}
			/>
		</form>
	);
}

const serves = ({ setting }: Counter, topic: TopicId) => setting.topics === null || setting.topics.includes(topic);

/** Who is at a counter, or why it would not call the ticket. */
function whoIsThere(counter: Counter, topic: TopicId, { t }: Messages): string {
	const { staff, pausedAt, ticket } = counter;
	if (staff === null) return t("counterNobody");
	if (!serves(counter, topic)) return t("counterNotServed");
	if (pausedAt !== null) return t("counterOnBreak", { staff: staff.name });
	return ticket === null
		? t("counterFree", { staff: staff.name })
		: t("counterBusy", { staff: staff.name, number: ticket.number });
}

/** None until the station has answered. */
function useLoaded<T, Of>(load: (of: Of) => Promise<readonly T[]>, of: Of): readonly T[] {
	const [loaded, setLoaded] = useState<readonly T[]>([]);
	useEffect(() => {
		let isUnmounted = false;
		void load(of).then((found) => {
			if (!isUnmounted) setLoaded(found);
		});
		return () => {
			isUnmounted = true;
		};
	}, [load, of]);
	return loaded;
}

/** What to tell the visitor before they go, sentence by sentence. */
function otherSiteFacts(site: OtherSite, messages: Messages, clock: (instant: number) => string): string[] {
	const { example, queue } = site;
	const { t } = messages;
	const wait = queue?.wait;
	return [
		...(example ? [t("siteExample")] : []),
		openingHours(site, messages),
		queue === null ? t("siteQueueUnknown") : t("siteQueue", { count: queue.ahead, time: clock(queue.knownAt) }),
		...(wait ? [t("siteWait", { min: wait.minMinutes, max: wait.maxMinutes })] : []),
		t("endsHere"),
	];
}

/** In the other site's time zone. */
function openingHours({ opensAt, closesAt, timezone }: OtherSite, messages: Messages): string {
	const { t, language } = messages;
	if (closesAt !== null) return t("siteOpenUntil", { time: formatTime(closesAt, language, timezone) });
	return opensAt === null
		? t("siteClosed")
		: t("siteOpens", { time: formatOpening(opensAt, messages, { timeZone: timezone }) });
}
