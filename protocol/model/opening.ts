import { z } from "zod";
import { instantSchema } from "./ticket.ts";

/** A site's opening hours as they stand now. */
export const openingSchema = z.object({
	open: z.boolean(),
	/** When it opens next; null while it is open, or where no hours are known for the next two weeks. */
	opensAt: instantSchema.nullable(),
	/** When it closes; null while it is closed. */
	closesAt: instantSchema.nullable(),
});
export type Opening = z.infer<typeof openingSchema>;
