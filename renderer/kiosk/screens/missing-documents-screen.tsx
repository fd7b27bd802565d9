import { useRef } from "react";
import { Button } from "../components/button.tsx";
import { Code } from "../components/code.tsx";
import { useDispatch, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { PrintListButton } from "../components/print-list-button.tsx";
import { useChecklist } from "../components/use-checklist.ts";
import { useFit } from "../components/use-fit.ts";
import { useRequestedTopics } from "../components/use-requested-topics.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** Longer lists are on the paper and in the code. */
const MAX_DOCUMENTS = 8;

/** What a visitor without all documents can do: come back with them, take a ticket all the same, or ask. */
export default function MissingDocumentsScreen({ state }: { state: StateAt<"missing-documents"> }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const body = useRef<HTMLDivElement>(null);
	const { documents } = useRequestedTopics(state);
	const list = useChecklist(state);
	const all = list?.documents ?? documents.map(({ id, name }) => ({ key: id, name }));
	const missing = all.filter(({ key }) => !state.ticked.includes(key));
	const shown = missing.slice(0, MAX_DOCUMENTS);
	const more = missing.length - shown.length;
	useFit(body, "[data-box]", shown.map(({ name }) => name).join() + (list ? "code" : ""));
	return (
		<main className={styles.screen} data-view="missing">
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("missingDocuments.title")} />
				</Heading>
				<p className={styles.advice}>{t("missingDocuments.hint")}</p>
			</div>
			<div ref={body} className={styles.body}>
				<p className={styles.later}>{t("missingDocuments.later")}</p>
				<ul className={styles.documents} data-many={shown.length > 4 ? "" : undefined}>
					{shown.map(({ key, name }) => (
						<li key={key} data-box>
							<div className={styles.row}>
								<span className={styles.tick} />
								<span className={styles.text}>
									<span>
										<Phrases text={name} />
									</span>
								</span>
							</div>
						</li>
					))}
				</ul>
				{more > 0 && <p className={styles.note}>+ {more}</p>}
			</div>
			<div className={styles.side}>
				{list && (
					<div className={styles.tools}>
						{list.takeHome && <Code code={list.takeHome} label={list.labels.phone} />}
						<PrintListButton asked={state} labels={list.labels} />
						<button type="button" onClick={() => dispatch({ type: "staff-requested" })}>
							<Icon name="message-circle-question-mark" />
							<span>{list.labels.askStaff}</span>
						</button>
					</div>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="log-out" directed />} onPress={() => dispatch({ type: "left" })}>
					{t("missingDocuments.leave")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "ticket-requested" })}>
					{t("documents.take")}
				</Button>
			</div>
		</main>
	);
}
