import { type FormEvent, useEffect, useState } from "react";
import type { TopicLoad, TopicSetting } from "../../../protocol/model/staff.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** Every topic: open or closed, its limits, today's tickets and what is left. */
export function TopicsPanel({ supervisor, topics, changed, messages, t, report, why }: PanelProps) {
	const request = useRequest(supervisor.topics, changed);
	const names = new Map(topics.map(({ id, name }) => [id, name]));
	const columns = [
		...[t("topic"), t("accepting"), t("quota"), t("perQuarterHour")],
		...[t("issued"), t("left"), t("waiting")],
	];
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

function Row({ load: { topic, setting, issued, booked, left, leftInQuarterHour, waiting }, name, t, set }: RowProps) {
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
				<Limit
					label={t("labelled", { label: name, value: t("quota") })}
					saved={setting.quota}
					least={0}
					most={10_000}
					t={t}
					save={(quota) => set(topic, { ...setting, quota })}
				/>
			</td>
			<td>
				<Limit
					label={t("labelled", { label: name, value: t("perQuarterHour") })}
					saved={setting.perQuarterHour ?? null}
					least={1}
					most={1_000}
					t={t}
					save={(perQuarterHour) => set(topic, { ...setting, perQuarterHour })}
				/>
				{leftInQuarterHour !== null && (
					<span className={styles.second}>{t("leftInQuarterHour", { count: leftInQuarterHour })}</span>
				)}
			</td>
			<td>
				{issued}
				{booked > 0 && <span className={styles.second}>{t("booked", { count: booked })}</span>}
			</td>
			<td>{left ?? ""}</td>
			<td>{waiting}</td>
		</tr>
	);
}

interface LimitProps extends Pick<PanelProps, "t"> {
	label: string;
	/** Null is no limit. */
	saved: number | null;
	least: number;
	most: number;
	save(limit: number | null): Promise<void>;
}

/** A limit that may be empty. Its button appears once it was changed. */
function Limit({ label, saved, least, most, t, save }: LimitProps) {
	const savedText = saved === null ? "" : String(saved);
	const [typed, setTyped] = useState(savedText);
	useEffect(() => setTyped(savedText), [savedText]);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save(typed === "" ? null : Number(typed));
	};
	return (
		<form onSubmit={submit} className={styles.quota}>
			<input
				type="number"
				min={least}
				max={most}
				aria-label={label}
				placeholder={t("quotaNone")}
				value={typed}
				onChange={(event) => setTyped(event.target.value)}
			/>
			{typed !== savedText && <button type="submit">{t("quotaSave")}</button>}
		</form>
	);
}
