import { type ChangeEvent, useState } from "react";
import { formatDateTime } from "../../i18n/format-time.ts";
import { DateOrder } from "./date-order.tsx";
import type { PanelProps } from "./panel.tsx";
import type { ListFile, ListReport } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";

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

/** A list that is read once it is known what its dates mean. */
interface Asking extends Chosen {
	date: string;
}

/** Imports a list of appointments: first what it holds, then, on a second press, the import. */
export function ImportForm({ supervisor, topics, messages, t, report, why }: PanelProps) {
	const [tried, setTried] = useState<Tried | null>(null);
	const [asking, setAsking] = useState<Asking | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const tryList = async (chosen: Chosen) => {
		const answer = await supervisor.importFile(chosen, true);
		setAsking(null);
		setProblem(null);
		if (answer.kind === "ok") return setTried({ ...chosen, report: answer.value });
		const date = answer.kind === "refused" && answer.code === "LIST_INVALID" ? answer.data.eitherOrder : null;
		if (typeof date === "string" && chosen.dates === undefined) setAsking({ ...chosen, date });
		else setProblem(why(answer).text);
	};
	const choose = async (event: ChangeEvent<HTMLInputElement>) => {
		const input = event.currentTarget;
		const chosen = input.files?.[0];
		setTried(null);
		setAsking(null);
		setProblem(null);
		if (!chosen) return;
		if (chosen.size > MAX_FILE_BYTES) setProblem(t("importTooLarge"));
		else {
			const file = toBase64(new Uint8Array(await chosen.arrayBuffer()));
			await tryList({ name: chosen.name, file, dates: undefined });
		}
		// The same file, mended, can be chosen again.
		input.value = "";
	};
	const importTried = async (list: Tried) => {
		const answer = report(await supervisor.importFile(list, false));
		if (answer.kind === "ok") setTried({ ...list, report: answer.value });
	};
	const names = new Map<string, string>(topics.map(({ id, name }) => [id, name]));
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
			{asking !== null && (
				<DateOrder
					date={asking.date}
					messages={messages}
					t={t}
					choose={(dates) => void tryList({ name: asking.name, file: asking.file, dates })}
				/>
			)}
			{tried !== null && (
				<div role="status">
					<p>
						<strong>{tried.name}</strong> {resultSentence(tried.report, t)}
					</p>
					<Remarks title={t("importSkipped", { count: tried.report.skipped.length })} remarks={tried.report.skipped} />
					<Remarks title={t("importNotes", { count: tried.report.notes.length })} remarks={tried.report.notes} />
					<Remarks
						title={t("importCodes", { count: tried.report.madeCodes.length })}
						remarks={tried.report.madeCodes.map(({ code, at, topic }) => ({
							place: code,
							what: `${formatDateTime(at, messages.language)}, ${names.get(topic) ?? topic}`,
						}))}
						isWhole
					/>
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

function resultSentence({ booked, cancelled, imported }: ListReport, t: PanelProps["t"]): string {
	if (imported === null) return t("importWould", { booked, cancelled });
	return t("importDone", { ...imported });
}

interface RemarksProps {
	title: string;
	remarks: readonly { place: string; what: string }[];
	/** Shows all of them, since each is needed. */
	isWhole?: boolean;
}

function Remarks({ title, remarks, isWhole = false }: RemarksProps) {
	if (remarks.length === 0) return null;
	const shown = isWhole ? remarks : remarks.slice(0, MAX_SHOWN);
	return (
		<>
			<p>{title}</p>
			<ul>
				{shown.map(({ place, what }, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown.
					<li key={index}>
						<bdi>{place}</bdi>: {what}
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
