import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { browserFacts, findBrowser, howToGetBrowser } from "../../../cli/find-browser.ts";
import { type SpawnedProgram, spawnProgram } from "../../fixtures/spawned-process.ts";
import type { XDisplay } from "../../fixtures/x-display.ts";

export interface KeptKiosk {
	program: SpawnedProgram<unknown>;
	/** The events of its log so far, by name. */
	events(): string[];
	/** The processes of its browser: "browser", or Chromium's own word such as "renderer". */
	processes(type: string): number[];
}

/** `paihao kiosk` on a display, once the first page is there. */
export async function openKeptKiosk(display: XDisplay, data: string, more: string[] = []): Promise<KeptKiosk> {
	const browser = findBrowser(browserFacts());
	if (browser === undefined) throw new Error(howToGetBrowser(browserFacts()));
	const program = await spawnProgram<unknown>(["kiosk", "--profile", join(data, "profile"), ...more], {
		DISPLAY: display.name,
		CHROME_PATH: browser,
	});
	return {
		program,
		events: () =>
			program
				.log()
				.split("\n")
				.flatMap((line) => /"event":"([^"]+)"/.exec(line)?.[1] ?? []),
		processes: (type) =>
			descendantsOf(program.process.pid ?? 0).filter((pid) => {
				// Chromium's helpers write their arguments over, with spaces between them.
				const command = readFacts(pid, "cmdline").replaceAll("\0", " ");
				const own = / --type=(\S+)/.exec(command)?.[1];
				return (own ?? (/^\S*chrom/.test(command) ? "browser" : undefined)) === type;
			}),
	};
}

function descendantsOf(ancestor: number): number[] {
	const parents = new Map<number, number>();
	for (const name of readdirSync("/proc")) {
		const stat = /^\d+$/.test(name) ? readFacts(Number(name), "stat") : "";
		const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
		if (stat !== "") parents.set(Number(name), parent);
	}
	const isBelow = (pid: number): boolean => {
		const parent = parents.get(pid);
		return parent !== undefined && (parent === ancestor || isBelow(parent));
	};
	return [...parents.keys()].filter(isBelow);
}

/** Empty where the process has ended meanwhile. */
function readFacts(pid: number, name: string): string {
	try {
		return readFileSync(`/proc/${pid}/${name}`, "utf8");
	} catch {
		return "";
	}
}
