import { useRef } from "react";
import { Button } from "../components/button.tsx";
import { useLangOf, useTell, useWords } from "../components/context.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { useFit } from "../components/use-fit.ts";
import { useWanted } from "../components/use-selection.ts";
import { sayWait } from "../messages/format-wait.ts";
import type { Visit } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** What to bring, before anybody queues: nobody shall wait an hour and be sent away for a missing paper. */
export default function DocumentsScreen({ visit }: { visit: Visit & { at: "documents" } }) {
	const { say } = useWords();
	const tell = useTell();
	const langOf = useLangOf();
	const body = useRef<HTMLDivElement>(null);
	const { topics, documents } = useWanted(visit);
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
				<Heading className={styles.title}>{say("documents.title")}</Heading>
				{topic && topics.length === 1 && (
					<p className={styles.by}>
						{say("documents.handledBy")}: <bdi lang={langOf(topic.handledBy)}>{topic.handledBy}</bdi>
					</p>
				)}
			</div>
			<div ref={body} className={styles.body}>
				<ul className={styles.documents} data-many={documents.length > 8 ? "" : undefined}>
					{documents.map((document) => (
						<li key={document.id} data-box>
							<Icon name="check" />
							<span lang={langOf(document.name)}>{document.name}</span>
						</li>
					))}
				</ul>
			</div>
			<div className={styles.side}>
				{topic && (
					<Facts>
						<Fact label={say("documents.takes")}>{say("minutes", { count: minutes })}</Fact>
						<Fact label={say("documents.wait")}>{sayWait(say, topic)}</Fact>
					</Facts>
				)}
				{topics.some(({ taken }) => taken === "last") && (
					<p className={styles.last}>
						<Icon name="clock" />
						<span>{say("topics.last")}</span>
					</p>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
					{say("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="info" />} onPress={() => tell({ type: "lack-told" })}>
					{say("lack.open")}
				</Button>
				<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => tell({ type: "ticket-asked" })}>
					{say("documents.take")}
				</Button>
			</div>
		</main>
	);
}
