import { z } from "zod";
import { siteIdSchema } from "../model/ids.ts";
import { statisticsSchema } from "./statistics.ts";

const countSchema = z.int().min(0).nullable();

/** A site in the list of all; null where so few came that nothing is told of them. */
const siteFiguresSchema = z.object({
	site: siteIdSchema,
	...{ visits: countSchema, arrivals: countSchema, noShows: countSchema, abandoned: countSchema, closed: countSchema },
	meanWaitMs: z.number().min(0).nullable(),
	/** The share that was called within twenty minutes (DEFAULT_WITHIN_MINUTES). */
	serviceLevel: z.number().min(0).max(1).nullable(),
});
export type SiteFigures = z.infer<typeof siteFiguresSchema>;

/**
 * What a station says of its own days, of all stations or of one site's. Lengths are from sketches (sketch.ts): wrong by
 * 3 % at most. Events do not tell what visitors were told, nor the groups of staff: these are empty.
 */
export const fleetStatisticsSchema = statisticsSchema.extend({
	/** Null is all of them. */
	site: siteIdSchema.nullable(),
	/** Every site that had a visitor in the range. */
	sites: z.array(siteFiguresSchema),
});
export type FleetStatistics = z.infer<typeof fleetStatisticsSchema>;
