import { type FormEvent, useEffect, useState } from "react";
import type { OtherSite, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import type { ActionDetails } from "../effects/station-client.ts";
import { clockTime, dayAndTime } from "../messages/format-time.ts";
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
	onDecide(details: ActionDetails): void;
	onSendOn(site: OtherSite): void;
	onDismiss(): void;
}

const ANYWHERE = "";
const HERE = "";

/** To another topic or counter of this site, or to another site, which leaves neither to choose. */
export function TransferForm({ ticket, topics, counters, messages, clock, ...then }: TransferFormProps) {
	const [topic, setTopic] = useState(ticket.topic);
	const [counter, setCounter] = useState(ANYWHERE);
	const [site, setSite] = useState(HERE);
	const sites = useOtherSites(then.otherSites);
	const otherSites = sites.find(({ id }) => id === site);
	const isReady = otherSites !== undefined || topic !== ticket.topic || counter !== ANYWHERE;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isReady) return;
		if (otherSites) then.onSendOn(otherSites);
		else
			then.onDecide({
				topic: topic === ticket.topic ? undefined : topic,
				counter: counter === ANYWHERE ? null : counter,
			});
	};
	return (
		<form onSubmit={submit}>
			<label>
				<span>{messages.t("toTopic")}</span>
				<select disabled={otherSites !== undefined} value={topic} onChange={(event) => setTopic(event.target.value)}>
					{topics.map(({ id, name }) => (
						<option key={id} value={id}>
							{id === ticket.topic ? `${name} (${messages.t("sameTopic")})` : name}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{messages.t("toCounter")}</span>
				<select
					disabled={otherSites !== undefined}
					value={counter}
					onChange={(event) => setCounter(event.target.value)}
				>
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
				{otherSites === undefined
					? messages.t("keepsNumber")
					: factsOf(otherSites, messages, clock).join(messages.language === "en" ? " " : "")}
			</p>
			<Decision
				dismiss={messages.t("dismiss")}
				decide={messages.t(otherSites === undefined ? "doTransfer" : "doSendOn")}
				ready={isReady}
				onDismiss={then.onDismiss}
			/>
		</form>
	);
}

/** None until the station has answered. */
function useOtherSites(ask: TransferTargets["otherSites"]): readonly OtherSite[] {
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		let isGone = false;
		void ask().then((found) => {
			if (!isGone) setSites(found);
		});
		return () => {
			isGone = true;
		};
	}, [ask]);
	return sites;
}

/** What to tell the visitor before they go, sentence by sentence. */
function factsOf(site: OtherSite, messages: Messages, clock: (instant: number) => string): string[] {
	const { example, queue } = site;
	const { t } = messages;
	const wait = queue?.wait;
	return [
		...(example ? [t("siteExample")] : []),
		hoursOf(site, messages),
		queue === null ? t("siteQueueUnknown") : t("siteQueue", { count: queue.ahead, time: clock(queue.knownAt) }),
		...(wait ? [t("siteWait", { min: wait.minMinutes, max: wait.maxMinutes })] : []),
		t("endsHere"),
	];
}

/** By the clock of the other site. */
function hoursOf({ opensAt, closesAt, timezone }: OtherSite, { t, language }: Messages): string {
	if (closesAt !== null) return t("siteOpenUntil", { time: clockTime(closesAt, language, timezone) });
	return opensAt === null ? t("siteClosed") : t("siteOpens", { time: dayAndTime(opensAt, language, timezone) });
}
