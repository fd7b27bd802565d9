import { type FormEvent, useState } from "react";
import type { AuditEntry } from "../../../protocol/model/staff.ts";
import { type ActivityContext, activitySentence } from "./activity-sentence.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import { ACTIVITY_PAGE, type ActivityRequest } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** What is shown: staff's own acts, visitors' and imports as well, or the history of one ticket. */
export function ActivityPanel(props: PanelProps) {
	const { t } = props;
	const [shown, setShown] = useState<ActivityRequest>({ who: "staff" });
	const [number, setNumber] = useState("");
	const [day, setDay] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const isTicket = number.trim() !== "";
		setShown({ who: shown.who, ...(isTicket && { number: number.trim(), day: day === "" ? undefined : day }) });
	};
	return (
		<>
			<div className={styles.filters}>
				<label className={styles.switch}>
					<input
						type="checkbox"
						checked={shown.who === "all"}
						onChange={(event) => setShown({ ...shown, who: event.target.checked ? "all" : "staff" })}
					/>
					<span>{t("activityAll")}</span>
				</label>
				<form onSubmit={submit}>
					<input
						type="search"
						maxLength={8}
						aria-label={t("activityNumber")}
						placeholder={t("activityNumber")}
						value={number}
						onChange={(event) => setNumber(event.target.value)}
					/>
					<input
						type="date"
						aria-label={t("activityDay")}
						value={day}
						onChange={(event) => setDay(event.target.value)}
					/>
					<button type="submit">{t("activityShow")}</button>
				</form>
			</div>
			<Entries key={JSON.stringify(shown)} shown={shown} {...props} />
		</>
	);
}

/** The activity log, latest first. */
function Entries({
	shown,
	supervisor,
	topics,
	changed,
	messages,
	t,
	clock,
	why,
}: PanelProps & { shown: ActivityRequest }) {
	const request = useRequest(() => supervisor.activity(shown), changed);
	const [earlier, setEarlier] = useState<readonly AuditEntry[]>([]);
	const [isComplete, setComplete] = useState(false);
	const latest = request.value?.entries ?? [];
	// The latest page moves on while earlier pages stay. An entry between the two is in one or the other.
	const entries = [...latest, ...earlier.filter(({ seq }) => seq < (latest.at(-1)?.seq ?? Infinity))];
	const loadEarlier = async () => {
		const answer = await supervisor.activity({ ...shown, before: entries.at(-1)?.seq });
		if (answer.kind !== "ok") return;
		setEarlier([...entries, ...answer.value.entries]);
		setComplete(answer.value.entries.length < ACTIVITY_PAGE);
	};
	const names = new Map<string, string>(topics.map(({ id, name }) => [id, name]));
	const context: ActivityContext = { messages, t, clock, topicName: (id) => names.get(id) ?? id };
	return (
		<>
			<List
				request={request}
				columns={[t("time"), t("staff"), t("what")]}
				none={t("noActivity")}
				messages={messages}
				why={why}
				rows={() =>
					entries.map((entry) => (
						<tr key={entry.seq}>
							<td>{clock(entry.at)}</td>
							<td>
								<bdi className={styles.person}>{entry.staff ?? t("noStaff")}</bdi>
							</td>
							<td>{activitySentence(entry, context)}</td>
						</tr>
					))
				}
			/>
			{latest.length === ACTIVITY_PAGE && !isComplete && (
				<button type="button" className={styles.more} onClick={() => void loadEarlier()}>
					{t("earlier")}
				</button>
			)}
		</>
	);
}
