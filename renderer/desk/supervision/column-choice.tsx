import { useState } from "react";
import { LIST_COLUMNS, type ListColumn } from "../../../protocol/model/list-columns.ts";
import type { ListColumns } from "../../../protocol/model/visit.ts";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { TopicField } from "./topic-choice.tsx";

/** What a table is read with where its headings do not say enough. Columns are named by their places from 1. */
export interface ColumnChoice {
	columns: Partial<Record<ListColumn, string>>;
	day: string | undefined;
	/** That of a table without a column for it. */
	topic: string | undefined;
}

interface ColumnChoiceProps extends Pick<PanelProps, "topics" | "t"> {
	table: ListColumns;
	choose(choice: ColumnChoice): void;
}

/** Asks which of a table's columns is which. The others are not read. */
export function ColumnChoiceForm({ table, topics, t, choose }: ColumnChoiceProps) {
	const [chosen, setChosen] = useState<Partial<Record<ListColumn, string>>>(() =>
		Object.fromEntries(Object.entries(table.found).map(([field, place]) => [field, String(place)])),
	);
	const [day, setDay] = useState("");
	const [topic, setTopic] = useState("");
	const isComplete = [chosen.code, chosen.time, chosen.topic || topic].every(Boolean);
	return (
		<form
			className={styles.columns}
			onSubmit={(event) => {
				event.preventDefault();
				const columns = Object.fromEntries(Object.entries(chosen).filter(([, place]) => place));
				choose({ columns, day: day || undefined, topic: chosen.topic ? undefined : topic });
			}}
		>
			<p>{t("columnsAsk")}</p>
			{LIST_COLUMNS.map((field) => (
				<label key={field}>
					{t(`column_${field}`)}
					<select
						value={chosen[field] ?? ""}
						onChange={({ target }) => setChosen({ ...chosen, [field]: target.value })}
					>
						<option value="">{t("columnNone")}</option>
						{table.names.map((name, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a table may have two columns of one name.
							<option key={index} value={String(index + 1)}>
								{name === "" ? t("columnPlace", { place: index + 1 }) : name}
							</option>
						))}
					</select>
				</label>
			))}
			{!chosen.topic && <TopicField label={t("columnTopic")} topic={topic} topics={topics} t={t} select={setTopic} />}
			{!chosen.date && (
				<label>
					{t("columnDay")}
					<input type="date" value={day} onChange={({ target }) => setDay(target.value)} />
				</label>
			)}
			<button type="submit" disabled={!isComplete}>
				{t("columnsRead")}
			</button>
		</form>
	);
}
