import type { PrintJobId } from "../../../protocol/model/ids.ts";
import type { PrintAttempt } from "../printer.ts";
import type { PrintersInUse, QueuePrinter } from "./printers-in-use.ts";

interface SpooledJobDeps {
	/** False if the job's paper has become useless. */
	jobs: { isWanted(job: PrintJobId, now: number): boolean };
	clock(): number;
	log: { info(details: object, message: string): void; warn(details: object, message: string): void };
}

/** The last job, while it may wait in a spooler. */
export class SpooledJob {
	readonly #deps: SpooledJobDeps;
	readonly #printers: PrintersInUse;
	#last: { job: PrintJobId; by: QueuePrinter; withdraw(isStuck: boolean): Promise<void> } | undefined;

	constructor(deps: SpooledJobDeps, printers: PrintersInUse) {
		this.#deps = deps;
		this.#printers = printers;
	}

	/** There is one to look after. */
	get isKnown(): boolean {
		return this.#last !== undefined;
	}

	remember(job: PrintJobId, by: QueuePrinter, { withdraw }: PrintAttempt): void {
		this.#last = withdraw && { job, by, withdraw };
	}

	/** Asks whether it is out soon. */
	follow(): void {
		void this.#last?.by.printer.check();
	}

	/** It must not come out when its ticket is over or a copy has replaced it. */
	async withdrawUnwanted(): Promise<void> {
		const { jobs, clock, log } = this.#deps;
		const last = this.#last;
		if (!last || jobs.isWanted(last.job, clock())) return;
		this.#last = undefined;
		log.info({ event: "print.job.withdrawn", job: last.job }, "this ticket's paper is not wanted any more");
		await last.withdraw(false);
	}

	/** Withdraws a job that its printer does not take, if another printer is ready, and returns it with that printer. */
	async withdrawStuck(): Promise<{ job: PrintJobId; by: QueuePrinter } | undefined> {
		const last = this.#last;
		if (last?.by.printer.status.reason !== "job-waiting") return undefined;
		if (!(await this.#printers.findReplacement(last.by))) return undefined;
		this.#last = undefined;
		this.#deps.log.warn({ event: "print.job.withdrawn", job: last.job }, "this ticket was stuck in the print queue");
		await last.withdraw(true);
		return last;
	}
}
