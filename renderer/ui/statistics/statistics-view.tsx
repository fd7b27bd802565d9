import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import { LANGUAGES } from "../../../protocol/model/language.ts";
import type { Statistics } from "../../../protocol/statistics/statistics.ts";
import { writeStatisticsCsv } from "../../../protocol/statistics/statistics-csv.ts";
import type { StatisticsNames } from "../../../protocol/statistics/statistics-table.ts";
import { languageNameIn, type StaffLanguage } from "../../i18n/staff-languages.ts";
import { Filters, type Selection } from "./filters.tsx";
import type { Wording } from "./findings.ts";
import { formatIn } from "./format.ts";
import { statisticsTexts } from "./messages.ts";
import type { DayRange } from "./period.ts";
import { Report } from "./report.tsx";
import styles from "./statistics.module.css";

/** How often a range with today in it is asked for again. */
const RELOAD_MS = 60_000;

export type Failure = Exclude<Answer<unknown>, { kind: "ok" }>;

interface StatisticsViewProps<Value extends Statistics> {
	/** `range` is null for today; `only` is one of the choices, or empty. The same function while the same is meant. */
	ask(range: DayRange | null, only: string): Promise<Answer<Value>>;
	/** What can be looked at by itself: topics at a station, sites at the server. */
	choices: readonly { id: string; name: string }[];
	choiceLabel: string;
	allLabel: string;
	topicName(id: string): string;
	siteName?(id: string): string;
	language: StaffLanguage;
	/** Above the report on paper. */
	heading: string;
	loading: string;
	failureLine(failure: Failure): ReactNode;
	/** More pictures. */
	children?(value: Value, wording: Wording): ReactNode;
	/** After the report. */
	footer?(value: Value, wording: Wording): ReactNode;
}

/** What past days show: for a screen, for paper, for a spreadsheet. */
export function StatisticsView<Value extends Statistics>(props: StatisticsViewProps<Value>) {
	const { ask, choices, choiceLabel, allLabel, topicName, siteName, language, heading, loading, failureLine } = props;
	const [selection, setSelection] = useState<Selection>({ period: "day", range: null, only: "" });
	const { value, failure } = useStatistics(ask, selection);
	const wording = useMemo(
		(): Wording => ({ t: statisticsTexts(language), format: formatIn(language), language, topicName }),
		[language, topicName],
	);
	const { t, format } = wording;
	const names: StatisticsNames = {
		topic: topicName,
		...(siteName && { site: siteName }),
		language: (tag) => {
			const known = LANGUAGES.find((one) => one === tag);
			return known ? languageNameIn(known, language) : tag;
		},
	};
	const chosen = choices.find(({ id }) => id === selection.only)?.name;
	const title = ({ from, to }: Value) => {
		const range = from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`;
		return chosen === undefined ? range : `${chosen}, ${range}`;
	};
	return (
		<div className={styles.report} data-report="">
			<Filters
				selection={selection}
				today={value?.today ?? null}
				{...{ choices, choiceLabel, allLabel, t }}
				onChange={setSelection}
			>
				<button type="button" disabled={value === null} onClick={() => window.print()}>
					{t("statsPrint")}
				</button>
				<button
					type="button"
					disabled={value === null}
					onClick={() =>
						value && saveFile(`paihao-${value.from}-${value.to}.csv`, writeStatisticsCsv(value, names), CSV)
					}
				>
					{t("statsCsv")}
				</button>
				<button type="button" disabled={value === null} onClick={() => value && void saveParquet(value, names)}>
					{t("statsParquet")}
				</button>
			</Filters>
			{failure !== null && (
				<p role="alert" className={styles.failure}>
					{failureLine(failure)}
				</p>
			)}
			{value === null ? (
				failure === null && <p className={styles.none}>{loading}</p>
			) : (
				<>
					<p className={styles.site}>{heading}</p>
					<h3 className={styles.range}>{title(value)}</h3>
					<Report statistics={value} wording={wording}>
						{props.children?.(value, wording)}
					</Report>
					{props.footer?.(value, wording)}
				</>
			)}
		</div>
	);
}

interface Asked<Value> {
	value: Value | null;
	failure: Failure | null;
}

/** The answer for a selection; the last good one stays until the next has come. */
function useStatistics<Value>(
	ask: (range: DayRange | null, only: string) => Promise<Answer<Value>>,
	{ range, only }: Selection,
): Asked<Value> {
	const [state, setState] = useState<Asked<Value>>({ value: null, failure: null });
	useEffect(() => {
		let isOver = false;
		const send = () =>
			void ask(range, only).then((answer) => {
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
	}, [ask, range, only]);
	return state;
}

const CSV = "text/csv;charset=utf-8";
const PARQUET = "application/vnd.apache.parquet";

/** Few ask for it: its library is loaded then. */
async function saveParquet(value: Statistics, names: StatisticsNames): Promise<void> {
	const { writeStatisticsParquet } = await import("../../../protocol/statistics/statistics-parquet.ts");
	saveFile(`paihao-${value.from}-${value.to}.parquet`, writeStatisticsParquet(value, names), PARQUET);
}

function saveFile(name: string, content: BlobPart, type: string): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
