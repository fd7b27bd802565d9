import { DAY_MEASURES, type DayMeasure } from "../../../protocol/statistics/day-measures.ts";
import type { DayReplay, ReplayedDay } from "../../../protocol/statistics/day-replay.ts";
import type { Wording } from "../../ui/statistics/findings.ts";
import { rangeText } from "./staffing-sentences.ts";

interface ReplayTableProps {
	replay: DayReplay;
	/** The changes in words, in their order. */
	sentences: readonly string[];
	wording: Wording;
}

/** The finding, what was so beside what would have been, and what the figures rest on. */
export function ReplayTable({ replay, sentences, wording }: ReplayTableProps) {
	const { t, format } = wording;
	if (replay.kind === "unknown") return <p>{t(`planUnknown_${replay.reason}`, { fewest: replay.fewest })}</p>;
	const names: Record<DayMeasure, string> = {
		medianWaitMs: t("colMedian"),
		p90WaitMs: t("colLate"),
		mostWaiting: t("planMostWaiting"),
		closed: t("planClosed"),
	};
	const write = (measure: DayMeasure) => (measure.endsWith("Ms") ? format.length : format.count);
	return (
		<>
			<h4>{finding(replay, wording)}</h4>
			<table>
				<thead>
					<tr>
						<td />
						<th scope="col">{t("planWas")}</th>
						<th scope="col">{t("planUnchanged")}</th>
						<th scope="col">{t("planChanged")}</th>
					</tr>
				</thead>
				<tbody>
					{DAY_MEASURES.map((measure) => (
						<tr key={measure}>
							<th scope="row">{names[measure]}</th>
							<td>{write(measure)(replay.actual[measure])}</td>
							<td>{rangeText(replay.unchanged[measure], write(measure), t)}</td>
							<td>{rangeText(replay.changed[measure], write(measure), t)}</td>
						</tr>
					))}
				</tbody>
			</table>
			{replay.remarks.map(({ change, remark }) => (
				<p key={change}>{t(`planRemark_${remark}`, { change: sentences[change] ?? "" })}</p>
			))}
			<p>{t("planNote", { replays: replay.replays })}</p>
		</>
	);
}

function finding({ effect, unchanged, changed }: ReplayedDay, { t, format }: Wording): string {
	if (effect === "unclear") return t("planUnclear");
	return t(effect === "shorter" ? "planShorter" : "planLonger", {
		changed: format.length(changed.medianWaitMs.middle),
		unchanged: format.length(unchanged.medianWaitMs.middle),
	});
}
