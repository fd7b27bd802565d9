import { type FormEvent, useEffect, useState } from "react";
import type { OtherSite, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import type { TopicId } from "../../../protocol/model/ids.ts";
import { formatTime } from "../../i18n/format-time.ts";
import { formatOpening } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import { Decision } from "./dialog.tsx";

export interface TransferTargets {
	topics: readonly Topic[];
	counters: readonly string[];
	/** The other sites that offer the ticket's topic. */
	otherSites(): Promise<readonly OtherSite[]>;
}

interface TransferFormProps extends TransferTargets {
	ticket: QueueEntry;
	messages: Messages;
	clock(instant: number): string;
	onDecide(target: { topic: string | undefined; counter: string | null }): void;
	onRefer(site: OtherSite): void;
	onDismiss(): void;
}

const ANYWHERE = "";
const HERE = "";

/** To another topic or counter of this site, or to another site, which chooses both itself. */
export function TransferForm({ ticket, topics, counters, messages, clock, ...handlers }: TransferFormProps) {
	const [topic, setTopic] = useState(ticket.topic);
	const [counter, setCounter] = useState(ANYWHERE);
	const [site, setSite] = useState(HERE);
	const sites = useOtherSites(handlers.otherSites);
	const target = sites.find(({ id }) => id === site);
	const isReady = target !== undefined || topic !== ticket.topic || counter !== ANYWHERE;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isReady) return;
		if (target) handlers.onRefer(target);
		else
			handlers.onDecide({
				topic: topic === ticket.topic ? undefined : topic,
				counter: counter === ANYWHERE ? null : counter,
			});
	};
	return (
		<form onSubmit={submit}>
			<label>
				<span>{messages.t("toTopic")}</span>
				<select
					disabled={target !== undefined}
					value={topic}
					onChange={(event) => setTopic(event.target.value as TopicId)}
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
						<option key={one} value={one}>
							{messages.t("counter", { counter: one })}
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

/** None until the station has answered. */
function useOtherSites(load: TransferTargets["otherSites"]): readonly OtherSite[] {
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		let isUnmounted = false;
		void load().then((found) => {
			if (!isUnmounted) setSites(found);
		});
		return () => {
			isUnmounted = true;
		};
	}, [load]);
	return sites;
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
	return opensAt === null ? t("siteClosed") : t("siteOpens", { time: formatOpening(opensAt, messages, timezone) });
}
