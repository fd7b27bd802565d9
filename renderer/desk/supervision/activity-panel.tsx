import { useState } from "react";
import type { AuditEntry } from "../../../protocol/model/staff.ts";
import { type ActivityContext, activitySentence } from "./activity-sentence.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import { ACTIVITY_PAGE } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** The activity log: who did what, latest first. */
export function ActivityPanel({ supervisor, topics, changed, messages, t, clock, why }: PanelProps) {
	const request = useRequest(() => supervisor.activity(), changed);
	const [earlier, setEarlier] = useState<readonly AuditEntry[]>([]);
	const [isComplete, setComplete] = useState(false);
	const latest = request.value?.entries ?? [];
	// The latest page moves on while earlier pages stay. An entry between the two is in one or the other.
	const entries = [...latest, ...earlier.filter(({ seq }) => seq < (latest.at(-1)?.seq ?? Infinity))];
	const loadEarlier = async () => {
		const answer = await supervisor.activity(entries.at(-1)?.seq);
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
								<bdi>{entry.staff ?? t("noStaff")}</bdi>
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
