import { desc } from "drizzle-orm";
import type { Logger } from "pino";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import type { CatalogueFiles } from "../catalogue/read-catalogue-files.ts";
import { believe, type ClockMemory, openTrustedClock, type TrustedClock } from "../clock/trusted-clock.ts";

export interface StationClockDeps {
	database: StationDatabase;
	/** The catalogue that the program came with: it was checked on a day before the program was built. */
	catalogueFiles: CatalogueFiles;
	/** The machine's clock, UTC milliseconds. */
	wall(): number;
	/** Milliseconds since the machine was switched on, sleep included; undefined where the wall clock is believed. */
	uptime: (() => number) | undefined;
	/** Where a trusted instant is kept while the machine stays on; undefined where nothing tells one boot from another. */
	memory: ClockMemory | undefined;
	log: Logger;
	changed(): void;
}

/** The clock that every room of the station goes by. */
export function openStationClock(deps: StationClockDeps): TrustedClock {
	const { database, catalogueFiles, wall, uptime, memory, log, changed } = deps;
	if (uptime === undefined) return believe(wall);
	const last = database.select({ at: event.at }).from(event).orderBy(desc(event.seq)).limit(1).get();
	const checked = catalogueFiles.services.map(({ assured_date }) => Date.parse(`${assured_date}T00:00Z`));
	return openTrustedClock({
		...{ wall, uptime, memory, log, changed },
		awake: () => performance.now(),
		lastEventAt: last?.at,
		builtAt: Math.max(0, ...checked),
	});
}
