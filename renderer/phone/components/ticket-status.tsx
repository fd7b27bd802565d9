import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { formatDuration, needsHours } from "../../i18n/format-duration.ts";
import { formatTime } from "../../i18n/format-time.ts";
import type { Translate } from "../messages/messages.ts";
import { isNext, statusTitle } from "../messages/status-title.ts";
import styles from "../phone.module.css";
import { hoursText } from "./place-card.tsx";

interface TicketStatusProps {
	ticket: PhoneTicket;
	t: Translate;
	language: Language;
}

/** What is true of the ticket now. */
export function TicketStatus({ ticket, t, language }: TicketStatusProps) {
	const title = statusTitle(ticket, t, language);
	const hint = statusHint(ticket, t, language);
	const isInLine = ticket.state === "waiting" && ticket.heldBack === null && !isNext(ticket);
	return (
		<>
			{isInLine ? (
				<LineFigures ticket={ticket} t={t} language={language} />
			) : (
				<p className={styles.statusTitle}>{title}</p>
			)}
			{hint !== null && <p className={styles.hint}>{hint}</p>}
		</>
	);
}

function statusHint(ticket: PhoneTicket, t: Translate, language: Language): string | null {
	const { state, heldBack, timezone, open } = ticket;
	switch (state) {
		case "waiting":
			if (heldBack?.reason === "missed-call")
				return t("calledBeforeHint", { time: formatTime(heldBack.until, language, timezone) });
			if (heldBack?.reason === "late") return t("lateUntilHint");
			return t(isNext(ticket) ? "nextHint" : "waitingHint");
		case "parked":
			return t("parkedHint");
		case "missed":
			return t("missedHint");
		case "cancelled":
			// The kiosk of a closed site gives no new one.
			return open ? t("cancelledHint") : hoursText(ticket, t, language);
		case "finished":
			return t(ticket.isReferred ? "referredHint" : "finishedHint");
		case "called":
		case "serving":
			return null;
	}
}

function LineFigures({ ticket: { ahead, wait }, t, language }: TicketStatusProps) {
	return (
		<dl className={styles.figures}>
			<div>
				<dt>{t("ahead")}</dt>
				<dd>
					<bdi>{ahead}</bdi>
				</dd>
			</div>
			{wait !== null && (
				<div>
					<dt>{t("wait")}</dt>
					<dd>
						<bdi>{formatWait(t, wait, language)}</bdi>
					</dd>
				</div>
			)}
		</dl>
	);
}

function formatWait(t: Translate, { minMinutes, maxMinutes }: Wait, language: Language): string {
	if (!needsHours(maxMinutes)) return t("minutes", { from: minMinutes, to: maxMinutes });
	const to = formatDuration(maxMinutes, language);
	return minMinutes === maxMinutes ? to : t("rangeHours", { from: formatDuration(minMinutes, language), to });
}
