import type { Ticket } from "../../../protocol/model/ticket.ts";
import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { formatWait } from "../messages/format-wait.ts";
import type { KioskTranslate } from "../messages/messages.ts";
import type { Paper, Visit } from "../state/state.ts";
import styles from "./ticket-screen.module.css";

/** From the tap to the paper: the screen is there at once, the number as soon as the station has written it. */
export default function TicketScreen({ visit }: { visit: Visit & { at: "issuing" | "ticket" } }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const known = topics[visit.language]?.topics ?? [];
	const asked = visit.at === "issuing" ? visit : visit.ticket;
	const named = [asked.topic, ...asked.nextTopics].flatMap((id) => known.find((one) => one.id === id) ?? []);
	const stage = visit.at === "issuing" ? "coming" : visit.paper;

	return (
		<main className={styles.screen} data-stage={stage}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					{visit.at === "issuing" ? t("ticket.moment") : t(TITLES[visit.paper], { number: visit.ticket.number })}
				</Heading>
			</div>
			<div className={styles.card}>
				<p className={styles.topic}>
					<Names topics={named} />
					{visit.language !== "zh-Hans" && (
						<span lang="zh-Hans" dir="ltr">
							{named.map(({ nameChinese }) => nameChinese).join(" + ")}
						</span>
					)}
				</p>
				<p className={styles.number} aria-live="polite">
					{visit.at === "ticket" ? (
						<bdi dir="ltr">{visit.ticket.number}</bdi>
					) : (
						<span className={styles.coming}>{t("ticket.coming")}</span>
					)}
				</p>
				{stage === "missing" && visit.at === "ticket" && visit.code !== undefined && (
					<p className={styles.code}>
						<span>{t("ticket.code")}</span> <bdi dir="ltr">{inGroups(visit.code)}</bdi>
					</p>
				)}
				<p className={styles.paper} aria-live="polite">
					{stage === "printing" && <Icon name="printer" />}
					{stage === "ready" && <Icon name="check" />}
					{stage === "missing" && <Icon name="printer-x" />}
					<span>{visit.at === "ticket" && formatPaper(t, visit.paper)}</span>
				</p>
			</div>
			<div className={styles.side}>
				{visit.at === "ticket" && (
					<QueueFacts t={t} ticket={visit.ticket} minutes={named.reduce((sum, one) => sum + one.minutes, 0)} />
				)}
			</div>
			<div className={styles.actions}>
				{visit.at === "ticket" && (
					<Button kind="primary" onPress={() => dispatch({ type: "left" })}>
						{t("ticket.done")}
					</Button>
				)}
			</div>
		</main>
	);
}

const TITLES = {
	printing: "ticket.number",
	ready: "ticket.take",
	missing: "ticket.unprinted",
} as const satisfies Record<Paper, string>;

/** As on the paper: two groups of five. */
function inGroups(code: string): string {
	return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
}

function formatPaper(t: KioskTranslate, paper: Paper): string {
	switch (paper) {
		case "printing":
			return t("ticket.printing");
		case "ready":
			return t("ticket.printed");
		case "missing":
			return t("ticket.unprintedHint");
	}
}

function QueueFacts({ t, ticket, minutes }: { t: KioskTranslate; ticket: Ticket; minutes: number }) {
	if (ticket.state === "called" && ticket.counter !== null) {
		return <p className={styles.called}>{t("ticket.called", { counter: ticket.counter })}</p>;
	}
	return (
		<>
			<Facts>
				<Fact label={t("ticket.ahead")}>
					{ticket.ahead === 0 ? t("ticket.nobodyAhead") : t("people", { count: ticket.ahead })}
				</Fact>
				{ticket.wait && <Fact label={t("ticket.wait")}>{formatWait(t, ticket)}</Fact>}
				{minutes > 0 && <Fact label={t("documents.takes")}>{t("minutes", { count: minutes })}</Fact>}
			</Facts>
			<p className={styles.next}>{t("ticket.next")}</p>
		</>
	);
}
