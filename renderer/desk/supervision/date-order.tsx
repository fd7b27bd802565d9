import { formattingLocale } from "../../../protocol/model/language.ts";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";

interface DateOrderProps extends Pick<PanelProps, "messages" | "t"> {
	/** A date of the list as it is written, such as 05/12/2026. */
	date: string;
	choose(order: "dmy" | "mdy"): void;
}

/** Asks which day a date of the list means: only a person who knows the list can tell. */
export function DateOrder({ date, messages, t, choose }: DateOrderProps) {
	const [first = 1, second = 1, year = 2026] = date.split(/[-/]/).map(Number);
	const format = new Intl.DateTimeFormat(formattingLocale(messages.language), { dateStyle: "long", timeZone: "UTC" });
	const dayOf = (month: number, day: number) => format.format(Date.UTC(year, month - 1, day));
	return (
		<fieldset className={styles.choices}>
			<legend>{t("importDates", { date })}</legend>
			<button type="button" onClick={() => choose("dmy")}>
				{dayOf(second, first)}
			</button>
			<button type="button" onClick={() => choose("mdy")}>
				{dayOf(first, second)}
			</button>
		</fieldset>
	);
}
