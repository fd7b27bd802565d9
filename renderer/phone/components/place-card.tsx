import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import { formatTime, formatWeekday } from "../../i18n/format-time.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";

interface PlaceCardProps {
	ticket: PhoneTicket;
	t: Translate;
	language: Language;
}

/** Where the site is and until when it is open, and what happens after a missed call. */
export function PlaceCard({ ticket, t, language }: PlaceCardProps) {
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{t("place")}</h2>
			<p>{ticket.address}</p>
			<p>{hoursText(ticket, t, language)}</p>
			<h2 className={styles.title}>{t("missedHelp")}</h2>
			<p>{t("missedHelpText")}</p>
		</section>
	);
}

/** Until when the site is open, or when it opens again. */
export function hoursText(
	{ open, closesAt, opensAt, timezone }: PhoneTicket,
	t: Translate,
	language: Language,
): string {
	if (open && closesAt !== null) return t("openUntil", { time: formatTime(closesAt, language, timezone) });
	if (open || opensAt === null) return open ? "" : t("closedNow");
	const day = formatWeekday(opensAt, language, timezone);
	return t("opensAt", { day, time: formatTime(opensAt, language, timezone) });
}
