import { type FormEvent, useState } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import type { TopicId } from "../../../protocol/model/ids.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Counter, CounterSetting } from "../../../protocol/model/staff.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { Decision, Dialog } from "../components/dialog.tsx";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";

interface CounterSettingDialogProps extends Pick<PanelProps, "messages" | "t"> {
	counter: Counter;
	topics: readonly Topic[];
	onSave(setting: CounterSetting): Promise<void>;
	onDismiss(): void;
}

/** Which topics a counter serves and which languages its staff speak. */
export function CounterSettingDialog({ counter, topics, messages, t, onSave, onDismiss }: CounterSettingDialogProps) {
	const [served, setServed] = useState<ReadonlySet<TopicId> | null>(
		counter.setting.topics === null ? null : new Set(counter.setting.topics),
	);
	const [spoken, setSpoken] = useState<ReadonlySet<Language>>(new Set(counter.setting.languages));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void onSave({ topics: served === null ? null : [...served], languages: [...spoken] });
	};
	return (
		<Dialog wide title={t("settingOf", { counter: counter.counter })} onDismiss={onDismiss}>
			<form onSubmit={submit} className={styles.setting}>
				<fieldset>
					<legend>{t("settingTopics")}</legend>
					<label>
						<input
							type="checkbox"
							data-first
							checked={served === null}
							onChange={(event) => setServed(event.target.checked ? null : new Set(topics.map(({ id }) => id)))}
						/>
						<span>{t("settingEvery")}</span>
					</label>
					{served !== null &&
						topics.map(({ id, name }) => (
							<label key={id}>
								<input type="checkbox" checked={served.has(id)} onChange={() => setServed(withToggled(served, id))} />
								<span>{name}</span>
							</label>
						))}
				</fieldset>
				<fieldset>
					<legend>{t("settingLanguages")}</legend>
					{LANGUAGES.map((language) => (
						<label key={language}>
							<input
								type="checkbox"
								checked={spoken.has(language)}
								onChange={() => setSpoken(withToggled(spoken, language))}
							/>
							<span>{languageNameIn(language, messages.language)}</span>
						</label>
					))}
				</fieldset>
				<Decision dismiss={t("dismiss")} decide={t("save")} ready onDismiss={onDismiss} />
			</form>
		</Dialog>
	);
}

function withToggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
	const next = new Set(set);
	if (!next.delete(member)) next.add(member);
	return next;
}
