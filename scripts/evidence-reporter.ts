import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, platform, totalmem } from "node:os";
import { join } from "node:path";
import type { UserConsoleLog } from "vitest";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { readFindings, writeEvidence } from "./evidence-page.ts";

const PAGE = join(import.meta.dirname, "../docs/benchmarks/evidence.md");

/** Writes what the long proofs came to into docs/benchmarks/evidence.md. No name of a host, no path of a machine. */
export default class EvidenceReporter implements Reporter {
	#vitest: Vitest | undefined;
	readonly #printed = new Map<string, string>();

	onInit(vitest: Vitest): void {
		this.#vitest = vitest;
	}

	onUserConsoleLog({ taskId, content }: UserConsoleLog): void {
		const file = taskId === undefined ? undefined : this.#vitest?.state.idMap.get(taskId)?.file.filepath;
		if (file !== undefined) this.#printed.set(file, (this.#printed.get(file) ?? "") + content);
	}

	onTestRunEnd(modules: readonly TestModule[]): void {
		const gigabytes = Math.round(totalmem() / 2 ** 30);
		const [node] = process.versions.node.split(".");
		const machine = `${availableParallelism()} cores, ${gigabytes} GB, ${platform()} ${arch()}, Node ${node}`;
		const found = modules.map((module) => {
			const states = [...module.children.allTests()].map((test) => test.result().state);
			return {
				file: module.relativeModuleId,
				passed: states.filter((state) => state === "passed").length,
				failed: states.filter((state) => state === "failed" || state === "pending").length + module.errors().length,
				...readFindings(this.#printed.get(module.moduleId) ?? ""),
				seconds: module.diagnostic().duration / 1_000,
				day: new Date().toISOString().slice(0, 10),
				machine,
			};
		});
		const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
		writeFileSync(PAGE, writeEvidence(page, found));
	}
}
