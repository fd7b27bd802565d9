import { useMemo } from "react";
import { Figure } from "./figure.tsx";
import { type FiguresProps, staffingFinding, waitFinding } from "./findings.ts";
import { GroupFigure } from "./group-figure.tsx";
import { drawStaffing, drawWaits } from "./plots.ts";

/** Waits by the hour, and the counters that the arrivals need. */
export function TimeFigures({ statistics, wording }: FiguresProps) {
	const { t, format } = wording;
	const { hours, quarters } = statistics;
	const waits = useMemo(() => drawWaits(statistics, format), [statistics, format]);
	const staffing = useMemo(() => drawStaffing(statistics, format), [statistics, format]);
	return (
		<>
			<GroupFigure
				wording={wording}
				title={waitFinding(statistics, wording)}
				hint={t("hintWaits")}
				draw={hours.some(({ wait }) => wait) ? waits : null}
				groupLabel={t("hour")}
				groups={hours.map((row) => [format.clock(row.hour * 60), row])}
			/>
			{quarters.length > 0 && (
				<Figure
					title={staffingFinding(statistics, wording)}
					hint={t("hintStaffing", { minutes: statistics.withinMinutes })}
					draw={quarters.some(({ countersNeeded }) => countersNeeded !== null) ? staffing : null}
					tableLabel={t("statsTable")}
					columns={[t("time"), t("colArrivals"), t("colAtWork"), t("colNeeded")]}
					rows={quarters.map((one) => [
						format.clock(one.fromMinute),
						format.average(one.arrivals),
						format.average(one.countersAtWork),
						one.countersNeeded === null ? "–" : format.count(one.countersNeeded),
					])}
				/>
			)}
		</>
	);
}
