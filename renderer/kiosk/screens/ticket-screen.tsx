import type { Ticket } from "../../../protocol/model/ticket.ts";
import { formatTime } from "../../i18n/format-time.ts";
import { Button } from "../components/button.tsx";
import { Code } from "../components/code.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { Phrases } from "../components/phrases.tsx";
import { formatMinutes, formatWait } from "../messages/format-wait.ts";
import type { KioskTranslate } from "../messages/messages.ts";
import type { Paper, StateAt } from "../state/state.ts";
import styles from "./ticket-screen.module.css";

/** From the tap to the paper: the screen appears at once, the number as soon as the station has stored the ticket. */
export default function TicketScreen({ state }: { state: StateAt<"issuing" | "ticket"> }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const known = topics[state.language]?.topics ?? [];
	const request = state.at === "issuing" ? state : state.ticket;
	const named = [request.topic, ...request.nextTopics].flatMap((id) => known.find((one) => one.id === id) ?? []);
	const stage = stageOf(state);

	return (
		<main className={styles.screen} data-stage={stage}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={titleOf(state, t)} />
				</Heading>
			</div>
			<div className={styles.card}>
				<p className={styles.topic}>
					<Names topics={named} />
					{state.language !== "zh-Hans" && (
						<span lang="zh-Hans" dir="ltr">
							{named.map(({ nameChinese }) => nameChinese).join(" + ")}
						</span>
					)}
				</p>
				{state.at === "ticket" && <Booked ticket={state.ticket} timezone={topics[state.language]?.site.timezone} />}
				<p className={styles.number} aria-live="polite">
					{state.at === "ticket" ? (
						<bdi dir="ltr">{state.ticket.number}</bdi>
					) : (
						<span className={styles.coming}>{t("ticket.numberComing")}</span>
					)}
				</p>
				{stage === "missing" && state.at === "ticket" && state.code !== undefined && !state.phonePage && (
					<p className={styles.code}>
						<span>{t("ticket.code")}</span> <bdi dir="ltr">{inGroups(state.code)}</bdi>
					</p>
				)}
				<p className={styles.paper} aria-live="polite">
					{stage === "printing" && <Icon name="printer" />}
					{stage === "ready" && <Icon name="check" />}
					{stage === "missing" && <Icon name="printer-x" />}
					<span>{formatStage(t, stage)}</span>
				</p>
			</div>
			<div className={styles.side}>
				{state.at === "ticket" && (
					<QueueFacts ticket={state.ticket} minutes={named.reduce((sum, one) => sum + one.minutes, 0)} />
				)}
			</div>
			{state.at === "ticket" && state.phonePage && (
				<div className={styles.follow}>
					<Code code={state.phonePage} label={t("ticket.follow")} />
				</div>
			)}
			<div className={styles.actions}>
				{state.at === "ticket" && (
					<Button kind="primary" onPress={() => dispatch({ type: "left" })}>
						{t("ticket.done")}
					</Button>
				)}
			</div>
		</main>
	);
}

/** `sent`: to a printer that cannot confirm and reported no trouble. Nobody knows that the paper is out, so nobody says it. */
type Stage = "coming" | Paper | "sent";

function stageOf(state: StateAt<"issuing" | "ticket">): Stage {
	if (state.at === "issuing") return "coming";
	return state.ticket.print.sentOnly ? "sent" : state.paper;
}

/** A visitor who checks in a second time holds the paper already. */
function titleOf(state: StateAt<"issuing" | "ticket">, t: KioskTranslate): string {
	if (state.at === "issuing") return t(TITLES.coming);
	return t(state.isKnown ? "ticket.number" : TITLES[stageOf(state)], { number: state.ticket.number });
}

const TITLES = {
	coming: "ticket.issuing",
	printing: "ticket.number",
	ready: "ticket.take",
	missing: "ticket.unprinted",
	sent: "ticket.take",
} as const satisfies Record<Stage, string>;

/** As on the paper: two groups of five. */
function inGroups(code: string): string {
	return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
}

function formatStage(t: KioskTranslate, stage: Stage): string {
	switch (stage) {
		case "printing":
			return t("ticket.printing");
		case "ready":
			return t("ticket.printed");
		case "missing":
			return t("ticket.unprintedHint");
		case "coming":
		case "sent":
			return "";
	}
}

/** The booked time of a visitor who has checked in, and that it has passed where the visitor is late. */
function Booked({ ticket: { bookedAt, class: own }, timezone }: { ticket: Ticket; timezone: string | undefined }) {
	const { language, t } = useMessages();
	if (bookedAt === null) return null;
	const time = formatTime(bookedAt, language, timezone);
	return <p className={styles.booked}>{t(own === "ordinary" ? "ticket.bookedLate" : "ticket.booked", { time })}</p>;
}

function QueueFacts({ ticket, minutes }: { ticket: Ticket; minutes: number }) {
	const { language, t } = useMessages();
	if (ticket.state === "called" && ticket.counter !== null) {
		return <p className={styles.called}>{t("ticket.called", { counter: ticket.counter })}</p>;
	}
	return (
		<>
			<Facts>
				<Fact label={t("ticket.ahead")}>
					{ticket.ahead === 0 ? t("ticket.noneAhead") : t("people", { count: ticket.ahead })}
				</Fact>
				{ticket.wait && <Fact label={t("ticket.wait")}>{formatWait(t, ticket, language)}</Fact>}
				{minutes > 0 && <Fact label={t("documents.takes")}>{formatMinutes(t, minutes, language)}</Fact>}
			</Facts>
			<p className={styles.next}>{t("ticket.next")}</p>
		</>
	);
}
