import { useState } from "react";
import type { AuditEntry } from "../../../protocol/model/staff.ts";
import { isSupervisionMessageKey } from "./messages.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import { AUDIT_PAGE } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** Who did what, latest first. */
export function ActivityPanel({ supervisor, changed, messages, t, clock, why }: PanelProps) {
	const request = useRequest(() => supervisor.audit(), changed);
	const [earlier, setEarlier] = useState<readonly AuditEntry[]>([]);
	const [over, setOver] = useState(false);
	const latest = request.value?.entries ?? [];
	// The latest page moves on while earlier ones stay: what lies between them is in one or the other.
	const entries = [...latest, ...earlier.filter(({ seq }) => seq < (latest.at(-1)?.seq ?? Infinity))];
	const more = async () => {
		const answer = await supervisor.audit(entries.at(-1)?.seq);
		if (answer.kind !== "ok") return;
		setEarlier([...entries, ...answer.value.entries]);
		setOver(answer.value.entries.length < AUDIT_PAGE);
	};
	return (
		<>
			<List
				request={request}
				columns={[t("time"), t("staff"), t("what"), t("ticket"), t("details")]}
				none={t("noActivity")}
				messages={messages}
				why={why}
				rows={() =>
					entries.map(({ seq, at, staff, type, number, data }) => (
						<tr key={seq}>
							<td>{clock(at)}</td>
							<td>
								<bdi>{staff}</bdi>
							</td>
							<td>{nameOf(type, t)}</td>
							<td>
								<bdi dir="ltr" className={styles.number}>
									{number}
								</bdi>
							</td>
							<td className={styles.details}>{detailsOf(data)}</td>
						</tr>
					))
				}
			/>
			{latest.length === AUDIT_PAGE && !over && (
				<button type="button" className={styles.more} onClick={() => void more()}>
					{t("earlier")}
				</button>
			)}
		</>
	);
}

/** An act's name; one that is newer than this screen, as the stream calls it. */
function nameOf(type: string, t: PanelProps["t"]): string {
	const word = `event_${type}`;
	return isSupervisionMessageKey(word) ? t(word) : type;
}

/** What the event tells beside its ticket, as it stands in the stream. */
function detailsOf(data: AuditEntry["data"]): string {
	return Object.entries(data)
		.filter(([name, value]) => !HIDDEN.has(name) && value !== null)
		.map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
		.join(", ");
}

/** Ids and what only programs need. */
const HIDDEN: ReadonlySet<string> = new Set(["ticket", "version", "job", "replaces", "visit", "placeAt", "restored"]);
