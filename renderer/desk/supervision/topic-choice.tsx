import { type FormEvent, useState } from "react";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";

interface TopicChoiceProps extends Pick<PanelProps, "topics" | "t"> {
	choose(topic: string): void;
}

/** Asks for the topic of bookings that name none, as those of Google's and Apple's calendars. */
export function TopicChoice({ topics, t, choose }: TopicChoiceProps) {
	const [topic, setTopic] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		choose(topic);
	};
	return (
		<form className={styles.columns} onSubmit={submit}>
			<p>{t("topicAsk")}</p>
			<TopicField label={t("column_topic")} topic={topic} topics={topics} t={t} select={setTopic} />
			<button type="submit" disabled={topic === ""}>
				{t("topicRead")}
			</button>
		</form>
	);
}

interface TopicFieldProps extends Pick<PanelProps, "topics" | "t"> {
	label: string;
	/** Empty while none is chosen. */
	topic: string;
	select(topic: string): void;
}

export function TopicField({ label, topic, topics, t, select }: TopicFieldProps) {
	return (
		<label>
			{label}
			<select value={topic} onChange={({ target }) => select(target.value)}>
				<option value="">{t("columnNone")}</option>
				{topics.map(({ id, name }) => (
					<option key={id} value={id}>
						{name}
					</option>
				))}
			</select>
		</label>
	);
}
