import { formatDateTime } from "../../i18n/format-time.ts";
import { remarkText } from "./list-remark-text.ts";
import type { PanelProps } from "./panel.tsx";
import type { PolledCalendar } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** How the calendar of bookings was last read; nothing where the station polls none. */
export function CalendarLine({ supervisor, changed, messages, timeZone, t, report }: PanelProps) {
	const { value } = useRequest(supervisor.calendar, changed);
	const calendar = value?.calendar;
	if (!calendar) return null;
	const { state, reasons, madeCodes } = calendar;
	return (
		<section className={styles.importList}>
			<p role={state === "failing" ? "alert" : "status"} className={state === "failing" ? styles.failure : undefined}>
				{sentenceOf(calendar, t, (instant) => formatDateTime(instant, messages.language, timeZone))}
			</p>
			{reasons.map((one) => {
				const { place, what } = remarkText(one, messages.language);
				return (
					<p key={`${place} ${one.code}`} className={styles.soft}>
						{place}
						{place !== "" && t("colon")}
						{what}
					</p>
				);
			})}
			{madeCodes > 0 && <p className={styles.soft}>{t("calendarCodes", { count: madeCodes })}</p>}
			<button type="button" onClick={async () => void report(await supervisor.pollCalendar())}>
				{t("calendarPoll")}
			</button>
		</section>
	);
}

function sentenceOf(
	{ state, host, currentAt, booked, cancelled, skipped }: NonNullable<PolledCalendar["calendar"]>,
	t: PanelProps["t"],
	format: (instant: number) => string,
): string {
	const time = currentAt === null ? null : format(currentAt);
	switch (state) {
		case "waiting":
			return t("calendarWaiting", { host });
		case "resting":
			return t("calendarResting", { host });
		case "failing":
			return time === null ? t("calendarNeverRead", { host }) : t("calendarFailing", { host, time });
		case "current":
			return t("calendarCurrent", { host, time: time ?? "", booked, cancelled, skipped });
	}
}
