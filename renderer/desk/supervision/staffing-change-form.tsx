import { type FormEvent, useState } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import type { StaffingChangeInput } from "../../../protocol/statistics/day-replay.ts";
import type { StatisticsTranslate } from "../../ui/statistics/messages.ts";
import styles from "./staffing-plan.module.css";

interface StaffingChangeFormProps {
	/** Those that were at work. */
	counters: readonly string[];
	topics: readonly Topic[];
	t: StatisticsTranslate;
	onAdd(change: StaffingChangeInput): void;
}

const KINDS = ["open", "serve", "absent"] as const;

/** One change of staff: another counter, a topic to a counter, nobody at a counter. */
export function StaffingChangeForm({ counters, topics, t, onAdd }: StaffingChangeFormProps) {
	const [kind, setKind] = useState<(typeof KINDS)[number]>("open");
	const submit = (event: FormEvent<HTMLFormElement>) => {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		const read = (name: string) => form.get(name)?.toString() ?? "";
		const span = { from: read("from") || null, to: read("to") || null };
		const [counter, topic] = [read("counter"), read("topic")];
		if (kind === "open") onAdd({ kind, ...span, topics: topic === "" ? null : [topic] });
		else if (kind === "absent") onAdd({ kind, counter, ...span });
		else onAdd({ kind, counter, topic });
	};
	return (
		<form className={styles.form} onSubmit={submit}>
			<label>
				{t("planKind")}
				<select value={kind} onChange={({ target }) => setKind(KINDS.find((one) => one === target.value) ?? "open")}>
					{KINDS.map((one) => (
						<option key={one} value={one}>
							{t(`planKind_${one}`)}
						</option>
					))}
				</select>
			</label>
			{kind !== "open" && (
				<label>
					{t("counter")}
					<select name="counter" required>
						{counters.map((counter) => (
							<option key={counter} value={counter}>
								{counter}
							</option>
						))}
					</select>
				</label>
			)}
			{kind !== "absent" && (
				<label>
					{t("topic")}
					<select name="topic" required={kind === "serve"}>
						{kind === "open" && <option value="">{t("statsAllTopics")}</option>}
						{topics.map(({ id, name }) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</select>
				</label>
			)}
			{kind !== "serve" && (
				<>
					<label>
						{t("statsFrom")}
						<input type="time" name="from" defaultValue={kind === "open" ? "10:00" : ""} />
					</label>
					<label>
						{t("statsTo")}
						<input type="time" name="to" />
					</label>
				</>
			)}
			<button type="submit">{t("planAdd")}</button>
		</form>
	);
}
