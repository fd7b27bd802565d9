import { type ChangeEvent, useState } from "react";
import type { ListColumns, ListRemark } from "../../../protocol/model/visit.ts";
import { formatDateTimeWithYear } from "../../i18n/format-time.ts";
import { type ColumnChoice, ColumnChoiceForm } from "./column-choice.tsx";
import { DateOrder } from "./date-order.tsx";
import { type RemarkText, remarkText } from "./list-remark-text.ts";
import type { PanelProps } from "./panel.tsx";
import type { ListFile, ListReport } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { TopicChoice } from "./topic-choice.tsx";

/** The station reads no larger body: some 4,000 bookings. */
const MAX_FILE_BYTES = 200_000;
/** More lines than this a person does not read on a screen. */
const MAX_SHOWN = 8;

interface Chosen extends ListFile {
	name: string;
}

interface Tried extends Chosen {
	report: ListReport;
}

/** A list that was refused, and what may help: how its dates are meant, or which of its columns is which. */
interface Refused extends Chosen {
	reasons: readonly ListRemark[];
	more: number;
	eitherOrder: string | null;
	table: ListColumns | null;
}

/** Imports a list of appointments: first what it holds, then, on a second press, the import. */
export function ImportForm({ supervisor, topics, messages, t, report, why, timeZone }: PanelProps) {
	const [tried, setTried] = useState<Tried | null>(null);
	const [refused, setRefused] = useState<Refused | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const tryList = async (chosen: Chosen) => {
		const answer = await supervisor.importFile(chosen, true);
		setRefused(null);
		setProblem(null);
		if (answer.kind === "ok") return setTried({ ...chosen, report: answer.value });
		const details = answer.kind === "refused" && answer.code === "LIST_INVALID" ? refusalOf(answer.data) : null;
		if (details) setRefused({ ...chosen, ...details });
		else setProblem(why(answer).text);
	};
	const choose = async (event: ChangeEvent<HTMLInputElement>) => {
		const input = event.currentTarget;
		const chosen = input.files?.[0];
		setTried(null);
		setRefused(null);
		setProblem(null);
		if (!chosen) return;
		if (chosen.size > MAX_FILE_BYTES) setProblem(t("importTooLarge"));
		else {
			const file = toBase64(new Uint8Array(await chosen.arrayBuffer()));
			await tryList({ name: chosen.name, file });
		}
		// The same file, mended, can be chosen again.
		input.value = "";
	};
	const importTried = async (list: Tried) => {
		const answer = report(await supervisor.importFile(list, false));
		if (answer.kind === "ok") setTried({ ...list, report: answer.value });
	};
	const inWords = (one: ListRemark) => remarkText(one, messages.language);
	const names = new Map<string, string>(topics.map(({ id, name }) => [id, name]));
	const bookingText = ({ code, at, topic }: ListReport["first"][number]): RemarkText => ({
		place: code,
		what: `${formatDateTimeWithYear(at, messages.language, timeZone)}, ${names.get(topic) ?? topic}`,
	});
	return (
		<section className={styles.importList}>
			<label>
				{t("importChoose")}
				<input type="file" accept=".csv,.ics,.txt,text/csv,text/calendar" onChange={(event) => void choose(event)} />
			</label>
			<p className={styles.soft}>{t("importHint")}</p>
			{problem !== null && (
				<p role="alert" className={styles.failure}>
					{problem}
				</p>
			)}
			{refused !== null && (
				<RefusedList
					refused={refused}
					topics={topics}
					messages={messages}
					t={t}
					tryAgain={(list) => void tryList(list)}
				/>
			)}
			{tried !== null && (
				<div role="status">
					<p>
						<strong>{tried.name}</strong> {resultSentence(tried.report, t)}
					</p>
					<Remarks t={t} title={t("importFirst")} remarks={tried.report.first.map(bookingText)} />
					<Remarks
						t={t}
						title={t("importSkipped", { count: tried.report.skipped.length })}
						remarks={tried.report.skipped.map(inWords)}
					/>
					<Remarks
						t={t}
						title={t("importNotes", { count: tried.report.notes.length })}
						remarks={tried.report.notes.map(inWords)}
					/>
					<Remarks
						t={t}
						title={t("importCodes", { count: tried.report.madeCodes.length })}
						remarks={tried.report.madeCodes.map(bookingText)}
						isWhole
					/>
					{tried.report.imported === null && lacksTopic(tried.report.skipped) && (
						<TopicChoice topics={topics} t={t} choose={(topic) => void tryList({ ...tried, topic })} />
					)}
					{tried.report.imported === null && (
						<button type="button" onClick={() => void importTried(tried)}>
							{t("importDo")}
						</button>
					)}
				</div>
			)}
		</section>
	);
}

const lacksTopic = (remarks: readonly ListRemark[]) => remarks.some(({ code }) => code === "no-topic");

interface RefusedListProps extends Pick<PanelProps, "topics" | "messages" | "t"> {
	refused: Refused;
	tryAgain(list: Chosen): void;
}

/** Why a list was refused, and what may be asked of it. */
function RefusedList({ refused, topics, messages, t, tryAgain }: RefusedListProps) {
	const { reasons, more, eitherOrder, table, ...chosen } = refused;
	const again = (change: Partial<ColumnChoice> | Pick<ListFile, "dates" | "topic">) =>
		tryAgain({ ...chosen, ...change });
	return (
		<>
			{eitherOrder !== null && chosen.dates === undefined ? (
				<DateOrder date={eitherOrder} messages={messages} t={t} choose={(dates) => again({ dates })} />
			) : (
				<div role="alert" className={styles.failure}>
					<p>{t("importRefused", { name: chosen.name })}</p>
					<ul>
						{reasons.map((one) => {
							const { place, what } = remarkText(one, messages.language);
							return (
								<li key={`${place} ${one.code}`}>
									{place !== "" && <bdi>{place}</bdi>}
									{place !== "" && t("colon")}
									{what}
								</li>
							);
						})}
						{more > 0 && <li>{t("importMore", { count: more })}</li>}
					</ul>
				</div>
			)}
			{lacksTopic(reasons) && <TopicChoice topics={topics} t={t} choose={(topic) => again({ topic })} />}
			{table !== null && <ColumnChoiceForm table={table} topics={topics} t={t} choose={again} />}
		</>
	);
}

/** The data of LIST_INVALID; null where an older station gives less. */
function refusalOf({
	reasons,
	more,
	eitherOrder,
	columns,
}: Partial<Record<string, unknown>>): Omit<Refused, keyof Chosen> | null {
	if (!Array.isArray(reasons)) return null;
	return {
		reasons: reasons as ListRemark[],
		more: typeof more === "number" ? more : 0,
		eitherOrder: typeof eitherOrder === "string" ? eitherOrder : null,
		table: (columns ?? null) as ListColumns | null,
	};
}

function resultSentence({ booked, cancelled, imported }: ListReport, t: PanelProps["t"]): string {
	if (imported === null) return t("importWould", { booked, cancelled });
	return t("importDone", { ...imported });
}

interface RemarksProps extends Pick<PanelProps, "t"> {
	title: string;
	remarks: readonly RemarkText[];
	/** Shows all of them, since each is needed. */
	isWhole?: boolean;
}

function Remarks({ title, remarks, t, isWhole = false }: RemarksProps) {
	if (remarks.length === 0) return null;
	const shown = isWhole ? remarks : remarks.slice(0, MAX_SHOWN);
	return (
		<>
			<p>{title}</p>
			<ul>
				{shown.map(({ place, what }, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown.
					<li key={index}>
						<bdi>{place}</bdi>
						{t("colon")}
						{what}
					</li>
				))}
				{shown.length < remarks.length && <li>…</li>}
			</ul>
		</>
	);
}

function toBase64(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}
