import { parquetWriteBuffer } from "hyparquet-writer";
import { makeStatisticsTable, type StatisticsNames, type TabledStatistics } from "./statistics-table.ts";

/** Says which rows are not told since too few visited: their numbers are null, as those that are not known. */
const FEW_COLUMN = "is_small";

/** The same table as the CSV, with numbers as numbers, for programs that analyse. */
export function writeStatisticsParquet(statistics: TabledStatistics, names: StatisticsNames): Uint8Array<ArrayBuffer> {
	const { columns, rows } = makeStatisticsTable(statistics, names);
	const buffer = parquetWriteBuffer({
		columnData: [
			...columns.map(({ name, isText }, place) => ({
				name,
				data: rows.map((cells) => cells[place] ?? null),
				type: isText ? ("STRING" as const) : ("DOUBLE" as const),
				nullable: !isText,
			})),
			{ name: FEW_COLUMN, data: rows.map((cells) => cells.includes(null)), type: "BOOLEAN" as const, nullable: false },
		],
	});
	return new Uint8Array(buffer);
}
