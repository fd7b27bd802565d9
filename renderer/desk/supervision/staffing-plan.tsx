import { useEffect, useState } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import type { DayReplay, StaffingChangeInput } from "../../../protocol/statistics/day-replay.ts";
import type { Statistics } from "../../../protocol/statistics/statistics.ts";
import type { Wording } from "../../ui/statistics/findings.ts";
import type { Failure } from "../../ui/statistics/statistics-view.tsx";
import { ErrorLine } from "../components/error-line.tsx";
import type { PanelProps } from "./panel.tsx";
import { ReplayTable } from "./replay-table.tsx";
import { StaffingChangeForm } from "./staffing-change-form.tsx";
import styles from "./staffing-plan.module.css";
import { changeSentence } from "./staffing-sentences.ts";

interface StaffingPlanProps extends Pick<PanelProps, "supervisor" | "why"> {
	/** Of the day that is looked at. */
	value: Statistics;
	topics: readonly Topic[];
	wording: Wording;
}

type Answered = { replay: DayReplay } | { failure: Failure };

/** What the chosen day would have been with other staff. */
export function StaffingPlan({ value, topics, wording, supervisor: { replay }, why }: StaffingPlanProps) {
	const { t } = wording;
	const { from: serviceDay, to, today } = value;
	const [changes, setChanges] = useState<readonly StaffingChangeInput[]>([]);
	const [answered, setAnswered] = useState<Answered | null>(null);
	useEffect(() => {
		setAnswered(null);
		if (changes.length === 0) return;
		let isOver = false;
		void replay(serviceDay, changes).then((answer) => {
			if (!isOver) setAnswered(answer.kind === "ok" ? { replay: answer.value } : { failure: answer });
		});
		return () => {
			isOver = true;
		};
	}, [replay, serviceDay, changes]);
	const isPastDay = serviceDay === to && serviceDay < today;
	const sentences = changes.map((change) => changeSentence(change, wording));
	return (
		<section className={styles.plan} aria-labelledby="staffing-plan">
			<h3 id="staffing-plan">{t("planTitle")}</h3>
			{!isPastDay ? (
				<p>{t("planChooseDay")}</p>
			) : (
				<>
					<StaffingChangeForm
						counters={value.counters.map(({ counter }) => counter)}
						{...{ topics, t }}
						onAdd={(change) => setChanges([...changes, change])}
					/>
					{changes.length === 0 && <p>{t("planEmpty")}</p>}
					<ul>
						{sentences.map((sentence, place) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the same change may be there twice.
							<li key={place}>
								<span>{sentence}</span>
								<button
									type="button"
									aria-label={t("planRemove", { change: sentence })}
									onClick={() => setChanges(changes.filter((_, other) => other !== place))}
								>
									×
								</button>
							</li>
						))}
					</ul>
					<div aria-live="polite" aria-busy={changes.length > 0 && answered === null}>
						{answered !== null && "failure" in answered && <ErrorLine error={why(answered.failure)} />}
						{answered !== null && "replay" in answered && (
							<ReplayTable replay={answered.replay} {...{ sentences, wording }} />
						)}
					</div>
				</>
			)}
		</section>
	);
}
