import { useRef } from "react";
import { Button } from "../components/button.tsx";
import { useDispatch, useLangOf, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { useFit } from "../components/use-fit.ts";
import { useSelection } from "../components/use-selection.ts";
import type { Visit } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** "I don't have everything": nobody goes away without knowing what can be done. */
export default function MissingDocumentsScreen({ visit }: { visit: Visit & { at: "missing-documents" } }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const langOf = useLangOf();
	const body = useRef<HTMLDivElement>(null);
	const { documents } = useSelection(visit);
	useFit(body, "[data-box]", documents.map(({ name }) => name).join());
	return (
		<main className={styles.screen} data-wide>
			<div className={styles.head}>
				<Heading className={styles.title}>{t("lack.title")}</Heading>
				<p className={styles.advice}>{t("documents.missing")}</p>
			</div>
			<div ref={body} className={styles.body}>
				<p className={styles.later}>{t("lack.later")}</p>
				<ul className={styles.documents} data-many={documents.length > 8 ? "" : undefined}>
					{documents.map((document) => (
						<li key={document.id} data-box>
							<Icon name="file-check" />
							<span lang={langOf(document.name)}>{document.name}</span>
						</li>
					))}
				</ul>
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="log-out" directed />} onPress={() => dispatch({ type: "left" })}>
					{t("lack.leave")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "ticket-asked" })}>
					{t("documents.take")}
				</Button>
			</div>
		</main>
	);
}
