import { type FormEvent, useEffect, useState } from "react";
import type { OtherSite, QueueEntry, Topic } from "../../../protocol/api/board.ts";
import type { ActDetails } from "../effects/station-client.ts";
import { clockTime, dayAndTime } from "../messages/format-time.ts";
import type { Words } from "../messages/messages.ts";
import { Decision } from "./dialog.tsx";

export interface TransferPlaces {
	topics: readonly Topic[];
	counters: readonly string[];
	/** The other sites that offer the ticket's topic. */
	otherSites(): Promise<readonly OtherSite[]>;
}

interface TransferFormProps extends TransferPlaces {
	ticket: QueueEntry;
	words: Words;
	clock(instant: number): string;
	onDecide(details: ActDetails): void;
	onSendOn(site: OtherSite): void;
	onDismiss(): void;
}

const ANYWHERE = "";
const HERE = "";

/** To another topic or counter of this site, or to another site, which leaves neither to choose. */
export function TransferForm({ ticket, topics, counters, words, clock, ...then }: TransferFormProps) {
	const [topic, setTopic] = useState(ticket.topic);
	const [counter, setCounter] = useState(ANYWHERE);
	const [site, setSite] = useState(HERE);
	const sites = useOtherSites(then.otherSites);
	const elsewhere = sites.find(({ id }) => id === site);
	const isReady = elsewhere !== undefined || topic !== ticket.topic || counter !== ANYWHERE;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isReady) return;
		if (elsewhere) then.onSendOn(elsewhere);
		else
			then.onDecide({
				topic: topic === ticket.topic ? undefined : topic,
				counter: counter === ANYWHERE ? null : counter,
			});
	};
	return (
		<form onSubmit={submit}>
			<label>
				<span>{words.say("toTopic")}</span>
				<select disabled={elsewhere !== undefined} value={topic} onChange={(event) => setTopic(event.target.value)}>
					{topics.map(({ id, name }) => (
						<option key={id} value={id}>
							{id === ticket.topic ? `${name} (${words.say("sameTopic")})` : name}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{words.say("toCounter")}</span>
				<select disabled={elsewhere !== undefined} value={counter} onChange={(event) => setCounter(event.target.value)}>
					<option value={ANYWHERE}>{words.say("anyCounter")}</option>
					{counters.map((one) => (
						<option key={one} value={one}>
							{words.say("counter", { counter: one })}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{words.say("toSite")}</span>
				<select value={site} onChange={(event) => setSite(event.target.value)}>
					<option value={HERE}>{words.say("thisSite")}</option>
					{sites.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</label>
			<p role="status">
				{elsewhere === undefined
					? words.say("keepsNumber")
					: factsOf(elsewhere, words, clock).join(words.language === "en" ? " " : "")}
			</p>
			<Decision
				dismiss={words.say("dismiss")}
				decide={words.say(elsewhere === undefined ? "doTransfer" : "doSendOn")}
				ready={isReady}
				onDismiss={then.onDismiss}
			/>
		</form>
	);
}

/** None until the station has answered. */
function useOtherSites(ask: TransferPlaces["otherSites"]): readonly OtherSite[] {
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
function factsOf(site: OtherSite, words: Words, clock: (instant: number) => string): string[] {
	const { example, queue } = site;
	const { say } = words;
	const wait = queue?.wait;
	return [
		...(example ? [say("siteExample")] : []),
		hoursOf(site, words),
		queue === null ? say("siteQueueUnknown") : say("siteQueue", { count: queue.ahead, time: clock(queue.knownAt) }),
		...(wait ? [say("siteWait", { min: wait.minMinutes, max: wait.maxMinutes })] : []),
		say("endsHere"),
	];
}

/** By the clock of the other site. */
function hoursOf({ opensAt, closesAt, timezone }: OtherSite, { say, language }: Words): string {
	if (closesAt !== null) return say("siteOpenUntil", { time: clockTime(closesAt, language, timezone) });
	return opensAt === null ? say("siteClosed") : say("siteOpens", { time: dayAndTime(opensAt, language, timezone) });
}
