import { useRef } from "react";
import { Button } from "../components/button.tsx";
import { useDispatch, useLangOf, useMessages } from "../components/context.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { Phrases } from "../components/phrases.tsx";
import { useFit } from "../components/use-fit.ts";
import { useRequestedTopics } from "../components/use-requested-topics.ts";
import { formatMinutes, formatWait } from "../messages/format-wait.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** Required documents, before the visitor queues: nobody should wait an hour and be sent away for a missing one. */
export default function DocumentsScreen({ state }: { state: StateAt<"documents"> }) {
	const { language, t } = useMessages();
	const dispatch = useDispatch();
	const langOf = useLangOf();
	const body = useRef<HTMLDivElement>(null);
	const { topics, documents } = useRequestedTopics(state);
	useFit(body, "[data-box]", documents.map(({ name }) => name).join());
	const [topic] = topics;
	const minutes = topics.reduce((sum, one) => sum + one.minutes, 0);

	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<p className={styles.topic}>
					{topic && <Icon name={topic.icon} />}
					<Names topics={topics} />
				</p>
				<Heading className={styles.title}>
					<Phrases text={t("documents.title")} />
				</Heading>
				{topic && topics.length === 1 && (
					<p className={styles.by}>
						<ResponsibleAuthority name={topic.handledBy} />
					</p>
				)}
			</div>
			<div ref={body} className={styles.body}>
				<ul className={styles.documents} data-many={documents.length > 8 ? "" : undefined}>
					{documents.map((document) => (
						<li key={document.id} data-box>
							<Icon name="check" />
							<span lang={langOf(document.name)}>
								<Phrases text={document.name} lang={langOf(document.name)} />
							</span>
						</li>
					))}
				</ul>
			</div>
			<div className={styles.side}>
				{topic && (
					<Facts>
						<Fact label={t("documents.takes")}>{formatMinutes(t, minutes, language)}</Fact>
						<Fact label={t("documents.wait")}>{formatWait(t, topic, language)}</Fact>
					</Facts>
				)}
				{topics.some(({ availability }) => availability === "last") && (
					<p className={styles.last}>
						<Icon name="clock" />
						<span>{t("topics.last")}</span>
					</p>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="info" />} onPress={() => dispatch({ type: "documents-missing" })}>
					{t("missingDocuments.open")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "ticket-requested" })}>
					{t("documents.take")}
				</Button>
			</div>
		</main>
	);
}

/** A name in another language than the page has its own `lang`. */
function ResponsibleAuthority({ name }: { name: string }) {
	const { t } = useMessages();
	const langOf = useLangOf();
	const lang = langOf(name);
	if (lang === undefined) return t("documents.handledBy", { authority: name });
	const [before, after] = t("documents.handledBy", { authority: "\n" }).split("\n");
	return (
		<>
			{before}
			<bdi lang={lang}>{name}</bdi>
			{after}
		</>
	);
}
