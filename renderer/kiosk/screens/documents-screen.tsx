import { useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { useDispatch, useMessages } from "../components/context.ts";
import { Fact, Facts } from "../components/facts.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { Phrases } from "../components/phrases.tsx";
import { PrintListButton } from "../components/print-list-button.tsx";
import { lastMark } from "../components/topic-tiles.tsx";
import { useChecklist } from "../components/use-checklist.ts";
import { useFit } from "../components/use-fit.ts";
import { useRequestedTopics } from "../components/use-requested-topics.ts";
import { formatMinutes, formatWait } from "../messages/format-wait.ts";
import type { StateAt } from "../state/state.ts";
import { DocumentList, DocumentQuestion, pagesOf, TopicFacts } from "./documents-body.tsx";
import styles from "./documents-screen.module.css";

type View = "papers" | "facts";

/**
 * What to bring and to know, before the visitor queues: nobody should wait an hour and be sent away for a missing paper.
 * A question comes first where its answer decides the papers.
 */
export default function DocumentsScreen({ state }: { state: StateAt<"documents" | "checklist"> }) {
	const { t } = useMessages();
	const dispatch = useDispatch();
	const body = useRef<HTMLDivElement>(null);
	const [view, setView] = useState<View>("papers");
	const [page, setPage] = useState(0);
	const { topics, documents } = useRequestedTopics(state);
	const list = useChecklist(state);
	const question = state.skipped ? null : (list?.question ?? null);
	const shown = question ? "question" : view;
	const pages = shown === "facts" ? (list?.topics.length ?? 1) : pagesOf(list?.documents ?? documents);
	const current = Math.min(page, pages - 1);
	useFit(body, "[data-box]", [shown, current, JSON.stringify(list ?? documents)].join());
	const open = (next: View) => {
		setView(next);
		setPage(0);
	};

	return (
		<main className={styles.screen} data-view={shown}>
			<div className={styles.head}>
				<p className={styles.topic}>
					{topics[0] && <Icon name={topics[0].icon} />}
					<Names topics={topics.length > 0 ? topics : (list?.topics ?? [])} />
				</p>
				<Heading key={question?.id ?? shown} className={styles.title}>
					<Phrases text={question?.name ?? (shown === "facts" && list ? list.labels.facts : t("documents.title"))} />
				</Heading>
				{shown === "papers" && list && list.documents.length > 0 && <p className={styles.hint}>{list.labels.tick}</p>}
			</div>
			<div ref={body} className={styles.body}>
				{question ? (
					<DocumentQuestion question={question} skip={list?.labels.skip ?? ""} answers={state.answers} />
				) : shown === "facts" ? (
					<TopicFacts list={list} place={current} />
				) : (
					<DocumentList state={state} list={list} documents={documents} page={current} />
				)}
			</div>
			<div className={styles.side}>
				{shown === "papers" && <QueueFacts state={state} />}
				{!question && list && (
					<div className={styles.tools}>
						<button type="button" onClick={() => open(shown === "facts" ? "papers" : "facts")}>
							<Icon name={shown === "facts" ? "file-check" : "info"} />
							<span>{shown === "facts" ? t("documents.papers") : list.labels.facts}</span>
						</button>
						<PrintListButton asked={state} labels={list.labels} />
						{pages > 1 && (
							<button type="button" onClick={() => setPage((current + 1) % pages)}>
								<Icon name="arrow-right" directed />
								<bdi>
									{current + 1}/{pages}
								</bdi>
							</button>
						)}
					</div>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				{state.at === "documents" ? (
					<>
						<Button kind="plain" icon={<Icon name="info" />} onPress={() => dispatch({ type: "documents-missing" })}>
							{t("missingDocuments.open")}
						</Button>
						<Button kind="primary" icon={<Icon name="ticket" />} onPress={() => dispatch({ type: "ticket-requested" })}>
							{t("documents.take")}
						</Button>
					</>
				) : (
					<Button kind="plain" onPress={() => dispatch({ type: "left" })}>
						{t("ticket.done")}
					</Button>
				)}
			</div>
		</main>
	);
}

/** How long it takes at the counter, and the wait now. */
function QueueFacts({ state }: { state: StateAt<"documents" | "checklist"> }) {
	const { language, t } = useMessages();
	const { topics } = useRequestedTopics(state);
	const [topic] = topics;
	if (!topic) return null;
	const minutes = topics.reduce((sum, one) => sum + one.minutes, 0);
	const last = topics.map((one) => lastMark(t, one)).find((mark) => mark !== undefined);
	return (
		<>
			<Facts>
				<Fact label={t("documents.takes")}>{formatMinutes(t, minutes, language)}</Fact>
				{state.at === "documents" && <Fact label={t("documents.wait")}>{formatWait(t, topic, language)}</Fact>}
			</Facts>
			{last !== undefined && (
				<p className={styles.last}>
					<Icon name="clock" />
					<span>{last}</span>
				</p>
			)}
		</>
	);
}
