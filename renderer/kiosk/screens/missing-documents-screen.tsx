import { useRef } from "react";
import { Button } from "../components/button.tsx";
import { useDispatch, useLangOf, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { useFit } from "../components/use-fit.ts";
import { useRequestedTopics } from "../components/use-requested-topics.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** What a visitor without all documents can do. */
export default function MissingDocumentsScreen({ state }: { state: StateAt<"missing-documents"> }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const langOf = useLangOf();
	const body = useRef<HTMLDivElement>(null);
	const { documents } = useRequestedTopics(state);
	useFit(body, "[data-box]", documents.map(({ name }) => name).join());
	return (
		<main className={styles.screen} data-wide>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("missingDocuments.title")} />
				</Heading>
				<p className={styles.advice}>{t("missingDocuments.hint")}</p>
			</div>
			<div ref={body} className={styles.body}>
				<p className={styles.later}>{t("missingDocuments.later")}</p>
				<ul className={styles.documents} data-many={documents.length > 8 ? "" : undefined}>
					{documents.map((document) => (
						<li key={document.id} data-box>
							<Icon name="file-check" />
							<span lang={langOf(document.name)}>
								<Phrases text={document.name} lang={langOf(document.name)} />
							</span>
						</li>
					))}
				</ul>
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
