import type { Checklist } from "../../../protocol/api/checklist.ts";
import { Code } from "../components/code.tsx";
import { useDispatch, useKiosk, useLangOf, useMessages } from "../components/context.ts";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import type { Papers } from "../state/state.ts";
import styles from "./documents-screen.module.css";

/** So many documents fit on a screen in readable type, each as large as a finger. */
const DOCUMENTS_PER_PAGE = 8;

export const pagesOf = (documents: readonly unknown[]) => Math.max(1, Math.ceil(documents.length / DOCUMENTS_PER_PAGE));

interface DocumentListProps {
	state: Pick<Papers, "ticked">;
	/** Undefined until the station answers: then the names of `documents` are shown. */
	list: Checklist | undefined;
	documents: readonly { id: string; name: string }[];
	page: number;
}

/** The documents as empty boxes; a tick means that the visitor has it. */
export function DocumentList({ state, list, documents, page }: DocumentListProps) {
	const { language } = useMessages();
	const rows = (list?.documents ?? documents.map(namesOnly)).slice(
		page * DOCUMENTS_PER_PAGE,
		(page + 1) * DOCUMENTS_PER_PAGE,
	);
	const isLast = page === pagesOf(list?.documents ?? documents) - 1;
	const notes = isLast && list ? [list.note, ...new Set(list.topics.flatMap(({ warnings }) => warnings))] : [];
	return (
		<>
			{rows.length > 0 && (
				<ul className={styles.documents} data-many={rows.length > 4 ? "" : undefined}>
					{rows.map((document) => (
						<li key={document.key} data-box>
							<DocumentRow
								document={document}
								chinese={language === "zh-Hans" ? "" : document.nameChinese}
								ticked={state.ticked}
							/>
						</li>
					))}
				</ul>
			)}
			{notes.map(
				(note) =>
					note !== null && (
						<p key={note} className={styles.note}>
							{note}
						</p>
					),
			)}
		</>
	);
}

const namesOnly = ({ id, name }: { id: string; name: string }) => ({ key: id, id, name, nameChinese: "", detail: "" });

function DocumentRow({
	document,
	chinese,
	ticked,
}: {
	document: ReturnType<typeof namesOnly>;
	chinese: string;
	ticked: readonly string[];
}) {
	const dispatch = useDispatch();
	const langOf = useLangOf();
	const isReach = useKiosk("modes").reach === "on";
	const { key, name, detail } = document;
	const isTicked = ticked.includes(key);
	const content = (
		<>
			<span className={styles.tick}>{isTicked && <Icon name="check" />}</span>
			<span className={styles.text}>
				<span lang={langOf(name)}>
					<Phrases text={name} lang={langOf(name)} />
				</span>
				<small>
					{chinese !== "" && chinese !== name && <bdi lang="zh-Hans">{chinese}</bdi>}
					{chinese !== "" && chinese !== name && detail !== "" && " · "}
					{detail}
				</small>
			</span>
		</>
	);
	// In reach mode the list is above the hand: it is for reading.
	if (isReach) return <div className={styles.row}>{content}</div>;
	return (
		<button
			type="button"
			className={styles.row}
			aria-pressed={isTicked}
			onClick={() =>
				dispatch({
					type: "papers-changed",
					papers: { ticked: isTicked ? ticked.filter((one) => one !== key) : [...ticked, key] },
				})
			}
		>
			{content}
		</button>
	);
}

/** "Which one are you?": the answer decides the papers. */
export function DocumentQuestion({
	question,
	skip,
	answers,
}: {
	question: NonNullable<Checklist["question"]>;
	skip: string;
	answers: readonly string[];
}) {
	const dispatch = useDispatch();
	return (
		<ul className={styles.options} data-many={question.options.length > 4 ? "" : undefined}>
			{question.options.map(({ id, name }) => (
				<li key={id}>
					<button
						type="button"
						data-box
						onClick={() => dispatch({ type: "papers-changed", papers: { answers: [...answers, id] } })}
					>
						<span>
							<Phrases text={name} />
						</span>
					</button>
				</li>
			))}
			<li>
				<button
					type="button"
					data-box
					className={styles.skip}
					onClick={() => dispatch({ type: "papers-changed", papers: { skipped: true } })}
				>
					<span>{skip}</span>
				</button>
			</li>
		</ul>
	);
}

/** What there is to know of one topic: whom it is for, fees, times, steps, where to ask. */
export function TopicFacts({ list, place }: { list: Checklist | undefined; place: number }) {
	const topic = list?.topics[place];
	if (!list || !topic) return null;
	return (
		<div className={styles.facts}>
			<p className={styles.description}>{topic.description}</p>
			<dl>
				{topic.facts.map(({ kind, label, lines }) => (
					<div key={kind} data-box data-kind={kind}>
						<dt>{label}</dt>
						{lines.map((line, index) => (
							<dd key={line}>
								{kind === "steps" && `${index + 1}. `}
								<bdi>{line}</bdi>
							</dd>
						))}
					</div>
				))}
			</dl>
			{topic.warnings.map((warning) => (
				<p key={warning} className={styles.note}>
					{warning}
				</p>
			))}
			<div className={styles.codes}>
				{list.page && <Code code={list.page} label={list.labels.officialPage} />}
				<p className={styles.note}>{list.labels.checked}</p>
			</div>
		</div>
	);
}
