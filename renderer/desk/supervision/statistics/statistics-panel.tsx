import { useEffect, useMemo, useState } from "react";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import type { Statistics } from "../../../../protocol/statistics/statistics.ts";
import { writeStatisticsCsv } from "../../../../protocol/statistics/statistics-csv.ts";
import { languageNameIn } from "../../../i18n/staff-languages.ts";
import { ErrorLine } from "../../components/error-line.tsx";
import type { PanelProps } from "../panel.tsx";
import type { StatisticsRequest } from "../supervision-client.ts";
import type { RequestState } from "../use-request.ts";
import { Filters, type Selection } from "./filters.tsx";
import type { Wording } from "./findings.ts";
import { formatIn } from "./format.ts";
import { Report } from "./report.tsx";
import styles from "./statistics.module.css";

/** How often a range with today in it is asked for again. */
const RELOAD_MS = 60_000;

/** What the site's past days show: for a screen, for paper, for a spreadsheet. */
export default function StatisticsPanel({ supervisor, siteName, topics, messages, t, why }: PanelProps) {
	const [selection, setSelection] = useState<Selection>({ period: "day", range: null, topic: "" });
	const { value, failure } = useStatistics(supervisor.statistics, selection);
	const wording = useMemo((): Wording => {
		const names = new Map<string, string>(topics.map(({ id, name }) => [id, name]));
		return { t, format: formatIn(messages.language), topicName: (id) => names.get(id) ?? id };
	}, [t, messages.language, topics]);
	const download = (statistics: Statistics) =>
		saveFile(
			`paihao-${statistics.from}-${statistics.to}.csv`,
			writeStatisticsCsv(statistics, {
				topic: wording.topicName,
				language: (tag) => {
					const known = LANGUAGES.find((one) => one === tag);
					return known ? languageNameIn(known, messages.language) : tag;
				},
			}),
		);
	return (
		<div className={styles.report} data-report="">
			<Filters selection={selection} today={value?.today ?? null} topics={topics} t={t} onChange={setSelection}>
				<button type="button" disabled={value === null} onClick={() => window.print()}>
					{t("statsPrint")}
				</button>
				<button type="button" disabled={value === null} onClick={() => value && download(value)}>
					{t("statsCsv")}
				</button>
			</Filters>
			{failure !== null && (
				<p role="alert" className={styles.failure}>
					<ErrorLine error={why(failure)} />
				</p>
			)}
			{value === null ? (
				failure === null && <p className={styles.none}>{messages.t("loading")}</p>
			) : (
				<>
					<p className={styles.site}>{siteName}</p>
					<h3 className={styles.range}>{titleOf(value, wording)}</h3>
					<Report statistics={value} wording={wording} messages={messages} />
				</>
			)}
		</div>
	);
}

function titleOf({ from, to, topic }: Statistics, { format, topicName }: Wording): string {
	const range = from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`;
	return topic === null ? range : `${topicName(topic)}, ${range}`;
}

/** The station's answer for a selection; the last good one stays until the next has come. */
function useStatistics(
	ask: PanelProps["supervisor"]["statistics"],
	{ range, topic }: Selection,
): Omit<RequestState<Statistics>, "reload"> {
	const [state, setState] = useState<Omit<RequestState<Statistics>, "reload">>({ value: null, failure: null });
	useEffect(() => {
		let isOver = false;
		const question: StatisticsRequest = { ...range, ...(topic !== "" && { topic }) };
		const send = () =>
			void ask(question).then((answer) => {
				if (isOver) return;
				setState(({ value }) =>
					answer.kind === "ok" ? { value: answer.value, failure: null } : { value, failure: answer },
				);
			});
		send();
		const timer = window.setInterval(send, RELOAD_MS);
		return () => {
			isOver = true;
			window.clearInterval(timer);
		};
	}, [ask, range, topic]);
	return state;
}

function saveFile(name: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
