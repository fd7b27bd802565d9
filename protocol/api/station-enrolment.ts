import { z } from "zod";
import { siteIdSchema } from "../model/ids.ts";
import { syncHealthSchema } from "./health.ts";

/** The station's connection to the central server, for its set-up page; `preparedServer` is the address that its settings name. */
export const stationEnrolmentSchema = syncHealthSchema
	.pick({ server: true, reachable: true, lastSeenAt: true, refused: true, unsent: true })
	.extend({ site: siteIdSchema, preparedServer: z.string().nullable() });
export type StationEnrolment = z.infer<typeof stationEnrolmentSchema>;

/** What a supervisor enters at the set-up page: the server's address, and the code that IT made for this site. */
export const stationEnrolmentRequestSchema = z.strictObject({
	server: z.string().min(1).max(200),
	code: z.string().min(1).max(32),
});
export type StationEnrolmentRequest = z.infer<typeof stationEnrolmentRequestSchema>;
