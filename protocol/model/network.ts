import { z } from "zod";
import { instantSchema } from "./ticket.ts";

/** How a station can be reached from other machines, for IT and for whoever compares fingerprints. */
export const stationNetworkSchema = z.object({
	/** `none`: from its own machine only. `plain`: without TLS, because IT's configuration says so. */
	transport: z.enum(["none", "tls", "plain"]),
	/** Where desks, boards and phones find it, best first: https://ADDRESS:PORT, the last one by its name (mDNS). */
	addresses: z.array(z.string()),
	certificate: z
		.object({
			/** `station`: it vouches for itself, so people compare its fingerprint. `given`: IT's own. */
			from: z.enum(["station", "given"]),
			/** SHA-256, as browsers show it. */
			fingerprint: z.string(),
			validUntil: instantSchema,
		})
		.nullable(),
	/** One plain sentence; null while all is well. */
	advice: z.string().nullable(),
});
export type StationNetwork = z.infer<typeof stationNetworkSchema>;
