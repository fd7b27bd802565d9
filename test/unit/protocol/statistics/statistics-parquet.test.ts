import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { writeStatisticsCsv } from "../../../../protocol/statistics/statistics-csv.ts";
import { writeStatisticsParquet } from "../../../../protocol/statistics/statistics-parquet.ts";
import { makeLeg, summarizeLegs } from "../../../fixtures/legs.ts";

test("read back it is the table of the CSV: numbers are numbers, and small groups have none", async () => {
	const legs = [...Array.from({ length: 9 }, () => makeLeg()), makeLeg({ language: "th" })];
	const statistics = summarizeLegs({ "2026-11-02": legs });
	const names = { topic: (id: string) => `业务 ${id}`, language: (tag: string) => tag };
	const rows = await parquetReadObjects({ file: writeStatisticsParquet(statistics, names).buffer });
	const [header = "", ...lines] = writeStatisticsCsv(statistics, names).slice(1).trimEnd().split("\r\n");
	expect(rows).toHaveLength(lines.length);
	expect(Object.keys(rows[0] ?? {})).toEqual([...header.split(","), "is_small"]);
	expect(rows[0]).toMatchObject({ group: "all", visits: 10, wait_median_min: 10, told_count: 10, is_small: false });
	expect(rows.find(({ group }) => group === "topic")).toMatchObject({
		name: "业务 work-permit",
		counters_needed: null,
	});
	expect(rows.find(({ key }) => key === "th")).toMatchObject({ visits: null, arrivals: null, is_small: true });
	for (const [place, line] of lines.entries())
		expect(
			line
				.split(",")
				.slice(3)
				.map((cell) => (cell === "" || cell === "<5" ? null : Number(cell))),
		).toEqual(Object.values(rows[place] ?? {}).slice(3, -1));
});
