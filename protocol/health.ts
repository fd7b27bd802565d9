import { z } from "zod";
import { slugSchema } from "./catalogue.ts";
import { stationNetworkSchema } from "./network.ts";
import { printerStatusSchema } from "./print.ts";
import { instantSchema } from "./ticket.ts";

/** How a station is, for IT: what is wrong is named, with what to do about it. */
export const healthSchema = z.object({
	version: z.string(),
	site: slugSchema,
	/** The stream's last event. */
	seq: z.int().min(0),
	startedAt: instantSchema,
	network: stationNetworkSchema,
	printer: printerStatusSchema.extend({
		/** `confirmed`: the printer says when paper came out. `sent`: nobody does; a ticket then never counts as printed. */
		proof: z.enum(["confirmed", "sent"]),
		ticketsSinceRoll: z.int().min(0),
		/** Live tickets whose paper has not come out. */
		unprinted: z.int().min(0),
		/** One plain sentence; null while all is well. */
		advice: z.string().nullable(),
	}),
});
export type Health = z.infer<typeof healthSchema>;
