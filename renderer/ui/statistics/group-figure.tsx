import type { ReactNode } from "react";
import type { Figures } from "../../../protocol/statistics/statistics.ts";
import { Figure } from "./figure.tsx";
import type { Wording } from "./findings.ts";
import type { Draw } from "./plots.ts";

interface GroupFigureProps {
	wording: Wording;
	title: string;
	hint: string;
	draw: Draw | null;
	/** The heading over the groups' names. */
	groupLabel: string;
	/** A group's name and its figures. */
	groups: readonly (readonly [ReactNode, Figures])[];
	/** Rows before them of which only a count is known. */
	counts?: readonly (readonly [ReactNode, string])[];
}

/** A picture with the same figures of each group in the table behind it. */
export function GroupFigure({ wording, title, hint, draw, groupLabel, groups, counts = [] }: GroupFigureProps) {
	const columns = columnsOf(wording);
	return (
		<Figure
			title={title}
			hint={hint}
			draw={draw}
			tableLabel={wording.t("statsTable")}
			columns={[groupLabel, ...columns]}
			rows={[
				...counts.map((row) => [...row, ...columns.slice(1).map(() => "")]),
				...groups.map(([name, figures]) => [name, ...cellsOf(figures, wording)]),
			]}
		/>
	);
}

function columnsOf({ t }: Wording): string[] {
	return [
		...[t("colVisits"), t("colMedian"), t("colLate"), t("colService"), t("colLevel")],
		...[t("colNoShows"), t("colLeft"), t("colClosed")],
	];
}

function cellsOf(row: Figures, { t, format }: Wording): string[] {
	const count = (value: number | null) => (value === null ? t("statsFew") : format.count(value));
	if (row.visits === null) return [t("statsFew"), ...Array.from({ length: 7 }, () => "–")];
	return [
		count(row.visits),
		...[row.wait?.medianMs, row.wait?.p90Ms, row.service?.medianMs].map((ms) =>
			ms === undefined ? "–" : format.length(ms),
		),
		row.serviceLevel === null ? "–" : format.percent(row.serviceLevel),
		...[count(row.noShows), count(row.abandoned), count(row.closed)],
	];
}
