import type { ReactNode } from "react";
import type { StatisticsTranslate } from "./messages.ts";
import { type DayRange, neighbour, PERIODS, type Period, rangeAround } from "./period.ts";
import styles from "./statistics.module.css";

export interface Selection {
	period: Period;
	/** Null is today, by the station's clock. */
	range: DayRange | null;
	/** Of the choices; empty is all of them. */
	only: string;
}

interface FiltersProps {
	selection: Selection;
	/** Null until the station has said it. */
	today: string | null;
	/** Topics at a station, sites at the server. */
	choices: readonly { id: string; name: string }[];
	/** What is chosen, and what all of it is called. */
	choiceLabel: string;
	allLabel: string;
	t: StatisticsTranslate;
	onChange(selection: Selection): void;
	children: ReactNode;
}

/** Which days; which topic, or which site. */
export function Filters({ selection, today, choices, choiceLabel, allLabel, t, onChange, children }: FiltersProps) {
	const { period, only } = selection;
	const range = selection.range ?? (today === null ? null : { from: today, to: today });
	const change = (part: Partial<Selection>) => onChange({ ...selection, ...part });
	return (
		<div className={styles.filters}>
			<fieldset disabled={range === null}>
				<legend>{t("statsPeriod")}</legend>
				{PERIODS.map((one) => (
					<button
						key={one}
						type="button"
						aria-pressed={one === period}
						onClick={() =>
							range && today && change({ period: one, range: rangeAround(one, range.to > today ? today : range.to) })
						}
					>
						{t(`period_${one}`)}
					</button>
				))}
			</fieldset>
			{range !== null && (
				<div className={styles.days}>
					{period !== "range" && (
						<button
							type="button"
							aria-label={t("statsBefore")}
							onClick={() => change({ range: neighbour(period, range, -1) })}
						>
							‹
						</button>
					)}
					<input
						type="date"
						required
						aria-label={t("statsFrom")}
						value={range.from}
						max={today ?? undefined}
						onChange={({ target: { value } }) => {
							if (value === "") return;
							change({
								range:
									period === "range"
										? { from: value, to: value > range.to ? value : range.to }
										: rangeAround(period, value),
							});
						}}
					/>
					{period === "range" && (
						<input
							type="date"
							required
							aria-label={t("statsTo")}
							value={range.to}
							min={range.from}
							onChange={({ target: { value } }) => value >= range.from && change({ range: { ...range, to: value } })}
						/>
					)}
					{period !== "range" && (
						<button
							type="button"
							aria-label={t("statsAfter")}
							disabled={today !== null && range.to >= today}
							onClick={() => change({ range: neighbour(period, range, 1) })}
						>
							›
						</button>
					)}
				</div>
			)}
			<select aria-label={choiceLabel} value={only} onChange={({ target }) => change({ only: target.value })}>
				<option value="">{allLabel}</option>
				{choices.map(({ id, name }) => (
					<option key={id} value={id}>
						{name}
					</option>
				))}
			</select>
			<div className={styles.acts}>{children}</div>
		</div>
	);
}
