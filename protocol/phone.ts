import { z } from "zod";
import { languageSchema } from "./language-schema.ts";
import { counterNumberSchema, ticketNumberSchema, ticketStateSchema, waitSchema } from "./ticket.ts";

/** The code as people type it: any case, with spaces or hyphens; O is read as 0, I and L as 1 (Crockford's base 32). */
export const typedCodeSchema = z
	.string()
	.max(32)
	.transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1"))
	.pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/));

/** A ticket as its own visitor sees it on a phone. No id, nothing of a person. */
export const phoneTicketSchema = z.object({
	number: ticketNumberSchema,
	/** The ticket's own language; the words below are in the language asked for. */
	language: languageSchema,
	site: z.string(),
	topic: z.string(),
	bring: z.array(z.string()),
	state: ticketStateSchema,
	version: z.int().min(1),
	counter: counterNumberSchema.nullable(),
	/** People before this one. 0 while waiting: you are next. */
	ahead: z.int().min(0),
	/** How many could still be let go first. */
	behind: z.int().min(0),
	wait: waitSchema.nullable(),
	rating: z.int().min(1).max(5).nullable(),
});
export type PhoneTicket = z.infer<typeof phoneTicketSchema>;
