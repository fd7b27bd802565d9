import { eq } from "drizzle-orm";
import { z } from "zod";
import type { StationDatabase } from "../../db/station/open.ts";
import { knownPrinter } from "../../db/station/schema/printers.ts";
import { statePartSchema } from "../../protocol/model/print.ts";
import type { PrinterAbilities } from "./printer-abilities.ts";
import type { PrinterMemory } from "./printer-memory.ts";

/** One printer as it is kept on the disk. */
export interface KnownPrinter extends PrinterMemory {
	/** What a person found with the set-up sheet. */
	readonly options: string | undefined;
	keepOptions(options: string): void;
}

const abilitiesSchema = z.object({
	answeredQuestions: z.array(z.int().min(0)),
	reports: z.array(statePartSchema),
	reportsChanges: z.boolean(),
	confirmsPaper: z.boolean().optional(),
	confirmsProcessing: z.boolean(),
});

/** What is known of the printer at `url`. Its options do not count: they say how it is used, not which one it is. */
export function openKnownPrinter(database: StationDatabase, url: string, clock: () => number): KnownPrinter {
	const [place = url] = url.split("?");
	const row = database.select().from(knownPrinter).where(eq(knownPrinter.place, place)).get();
	let options = row?.options ?? undefined;
	let spoolerJob = row?.spoolerJob ?? undefined;
	let abilities: PrinterAbilities | undefined = readAbilities(row?.abilities ?? null);

	const keep = (change: Partial<typeof knownPrinter.$inferInsert>) => {
		const changedAt = clock();
		database
			.insert(knownPrinter)
			.values({ place, ...change, changedAt })
			.onConflictDoUpdate({ target: knownPrinter.place, set: { ...change, changedAt } })
			.run();
	};

	return {
		get abilities() {
			return abilities;
		},
		get spoolerJob() {
			return spoolerJob;
		},
		get options() {
			return options;
		},
		keepAbilities(found) {
			const isSame = JSON.stringify(found) === JSON.stringify(abilities);
			abilities = found;
			if (!isSame) keep({ abilities: JSON.stringify(found) });
		},
		keepSpoolerJob(job) {
			spoolerJob = job;
			keep({ spoolerJob: job });
		},
		keepOptions(found) {
			options = found;
			keep({ options: found });
		},
	};
}

/** They are found out again, so what cannot be read is not needed. */
function readAbilities(text: string | null) {
	if (text === null) return undefined;
	try {
		const { confirmsPaper, ...found } = abilitiesSchema.parse(JSON.parse(text));
		return { ...found, confirmsPaper };
	} catch {
		return undefined;
	}
}
