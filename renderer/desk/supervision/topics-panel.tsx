import { type FormEvent, useEffect, useState } from "react";
import type { TopicLoad, TopicSetting } from "../../../protocol/model/staff.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** Every topic: open or closed, its daily limit, and today's tickets. */
export function TopicsPanel({ supervisor, topics, changed, messages, t, report, why }: PanelProps) {
	const request = useRequest(supervisor.topics, changed);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	const columns = [t("topic"), t("accepting"), t("quota"), t("issued"), t("waiting")];
	const set = async (topic: string, setting: TopicSetting) => {
		report(await supervisor.setTopic(topic, setting));
		request.reload();
	};
	return (
		<List
			request={request}
			columns={columns}
			none={t("nobody")}
			messages={messages}
			why={why}
			rows={(value) =>
				value.topics.map((load) => (
					<Row key={load.topic} load={load} name={names.get(load.topic) ?? load.topic} t={t} set={set} />
				))
			}
		/>
	);
}

interface RowProps extends Pick<PanelProps, "t"> {
	load: TopicLoad;
	name: string;
	set(topic: string, setting: TopicSetting): Promise<void>;
}

function Row({ load: { topic, setting, issued, waiting }, name, t, set }: RowProps) {
	const savedQuota = setting.quota === null ? "" : String(setting.quota);
	const [quota, setQuota] = useState(savedQuota);
	useEffect(() => setQuota(savedQuota), [savedQuota]);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void set(topic, { ...setting, quota: quota === "" ? null : Number(quota) });
	};
	return (
		<tr data-closed={!setting.open}>
			<th scope="row">{name}</th>
			<td>
				<label className={styles.switch}>
					<input
						type="checkbox"
						aria-label={t("labelled", { label: name, value: t("accepting") })}
						checked={setting.open}
						onChange={() => void set(topic, { ...setting, open: !setting.open })}
					/>
					<span>{t(setting.open ? "open" : "closed")}</span>
				</label>
			</td>
			<td>
				<form onSubmit={submit} className={styles.quota}>
					<input
						type="number"
						min="0"
						max="10000"
						aria-label={t("labelled", { label: name, value: t("quota") })}
						placeholder={t("quotaNone")}
						value={quota}
						onChange={(event) => setQuota(event.target.value)}
					/>
					{quota !== savedQuota && <button type="submit">{t("quotaSave")}</button>}
				</form>
			</td>
			<td>{issued}</td>
			<td>{waiting}</td>
		</tr>
	);
}
