/** What a long proof came to. */
export interface Evidence {
	/** The test's file. */
	file: string;
	passed: number;
	failed: number;
	/** Beside this run: what it printed of its seeds and its figures. */
	seeds: readonly string[];
	figures: readonly string[];
	seconds: number;
	/** Such as 2026-12-01. */
	day: string;
	/** Such as "2 cores, 8 GB, linux x64, Node 24". */
	machine: string;
}

const HEAD = `# Evidence

Written by \`npm run test:long\`: one row for each long proof, of the last time that it ran. A run of one file replaces that file's row alone. How to repeat one: \`PAIHAO_SEED=SEED npm run test:long -- FILE\`. What was measured by hand is in [benchmarks](README.md).

| proof | tests | seeds | figures | time | day | machine |
|---|---|---|---|---|---|---|
`;
const ROW = /^\| `([^`]+)` \|/;

/** Seeds and figures among the lines that a test printed: "seed 7", and objects of JSON. */
export function readFindings(printed: string): Pick<Evidence, "seeds" | "figures"> {
	const lines = printed.split("\n").map((line) => line.trim());
	return {
		seeds: [...new Set([...printed.matchAll(/\bseed (\d+)/g)].map(([, seed = ""]) => seed))],
		figures: lines.filter((line) => line.startsWith("{") && line.endsWith("}")).map(sayFigures),
	};
}

/** {"lost":0,"doubled":0} is "lost 0, doubled 0". */
function sayFigures(line: string): string {
	try {
		const figures = JSON.parse(line) as Record<string, unknown>;
		return Object.entries(figures)
			.map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
			.join(", ");
	} catch {
		return line;
	}
}

const cell = (text: string) => text.replaceAll("|", "/").replaceAll("\n", " ") || "none";

function rowOf({ file, passed, failed, seeds, figures, seconds, day, machine }: Evidence): string {
	const tests = failed === 0 ? `${passed} passed` : `${passed} passed, **${failed} failed**`;
	const cells = [tests, seeds.join(", "), figures.join("; "), `${Math.round(seconds)} s`, day, machine].map(cell);
	return `| \`${file}\` | ${cells.join(" | ")} |`;
}

/** The page with new rows in the places of those of the same files. */
export function writeEvidence(page: string, found: readonly Evidence[]): string {
	const kept = page.split("\n").flatMap((line) => {
		const file = ROW.exec(line)?.[1];
		return file === undefined || found.some((one) => one.file === file) ? [] : [line];
	});
	return `${HEAD}${[...kept, ...found.map(rowOf)].toSorted().join("\n")}\n`;
}
