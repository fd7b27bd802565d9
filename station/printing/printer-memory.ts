import type { PrinterAbilities } from "./printer-abilities.ts";

/** What is known of one printer from one run of the program to the next. */
export interface PrinterMemory {
	/** What it had shown that it can do. */
	readonly abilities: PrinterAbilities | undefined;
	/** The job of ours that a spooler took last. */
	readonly spoolerJob: string | undefined;
	keepAbilities(abilities: PrinterAbilities): void;
	keepSpoolerJob(job: string): void;
}

/** For programs that print once. */
export const NO_MEMORY: PrinterMemory = {
	abilities: undefined,
	spoolerJob: undefined,
	keepAbilities() {},
	keepSpoolerJob() {},
};
