import { expect, test } from "vitest";
import { readFindings, writeEvidence } from "../../../scripts/evidence-page.ts";

const run = {
	...{ file: "test/unit/a.test.ts", passed: 2, failed: 0, seeds: ["7"], figures: ["lost 0"], seconds: 61.2 },
	...{ day: "2026-12-01", machine: "2 cores" },
};

test("seeds and figures are read from what a proof printed", () => {
	const printed = 'seed 7 (PAIHAO_SEED repeats it)\n{"lost":0,"doubled":0}\nother words\nseed 7\n';
	expect(readFindings(printed)).toEqual({ seeds: ["7"], figures: ["lost 0, doubled 0"] });
	expect(readFindings("")).toEqual({ seeds: [], figures: [] });
});

test("a run replaces its own file's row and keeps the others", () => {
	const page = writeEvidence("", [run, { ...run, file: "test/unit/b.test.ts" }]);
	const again = writeEvidence(page, [{ ...run, failed: 1, figures: ["lost | 1"] }]);
	expect(again.split("\n").filter((line) => line.startsWith("| `"))).toEqual([
		"| `test/unit/a.test.ts` | 2 passed, **1 failed** | 7 | lost / 1 | 61 s | 2026-12-01 | 2 cores |",
		"| `test/unit/b.test.ts` | 2 passed | 7 | lost 0 | 61 s | 2026-12-01 | 2 cores |",
	]);
});
