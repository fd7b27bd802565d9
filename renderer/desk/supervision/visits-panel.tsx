import { nameFor } from "../messages/language-names.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useAsked } from "./use-request.ts";

/** Who is expected today, by time. */
export function VisitsPanel({ supervisor, topics, changed, words, say, clock, why }: PanelProps) {
	const asked = useAsked(supervisor.visits, changed);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	return (
		<List
			asked={asked}
			columns={[say("time"), say("kind"), say("topic"), say("language"), say("people"), say("came")]}
			none={say("noVisits")}
			words={words}
			why={why}
			rows={({ visits }) =>
				visits.map(({ id, at, kind, fromSite, topic, language, partySize, ticket }) => (
					<tr key={id}>
						<th scope="row">{clock(at)}</th>
						<td>{kind === "referral" ? say("kind_referral", { site: fromSite ?? "" }) : say("kind_appointment")}</td>
						<td>{names.get(topic) ?? topic}</td>
						<td>{language === null ? "" : nameFor(language, words.language)}</td>
						<td>{partySize}</td>
						<td>
							{ticket === null ? (
								<span className={styles.soft}>{say("notYet")}</span>
							) : (
								<bdi dir="ltr" className={styles.number}>
									{ticket.number}
								</bdi>
							)}
						</td>
					</tr>
				))
			}
		/>
	);
}
