import { languageNameIn } from "../../i18n/staff-languages.ts";
import { CalendarLine } from "./calendar-line.tsx";
import { ImportForm } from "./import-form.tsx";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** Today's expected visits, by time, and the import of a list. */
export function VisitsPanel(props: PanelProps) {
	const { supervisor, topics, changed, messages, t, clock, why } = props;
	const request = useRequest(supervisor.visits, changed);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	return (
		<>
			<CalendarLine {...props} />
			<ImportForm {...props} />
			<List
				request={request}
				columns={[t("time"), t("kind"), t("topic"), t("language"), t("people"), t("came")]}
				none={t("noVisits")}
				messages={messages}
				why={why}
				rows={({ visits }) =>
					visits.map(({ id, at, kind, fromSite, topic, language, partySize, ticket }) => (
						<tr key={id}>
							<th scope="row">{clock(at)}</th>
							<td>{kind === "referral" ? t("kind_referral", { site: fromSite ?? "" }) : t("kind_appointment")}</td>
							<td>{names.get(topic) ?? topic}</td>
							<td>{language === null ? "" : languageNameIn(language, messages.language)}</td>
							<td>{partySize}</td>
							<td>
								{ticket === null ? (
									<span className={styles.soft}>{t("notYet")}</span>
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
		</>
	);
}
