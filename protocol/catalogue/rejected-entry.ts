import { z } from "zod";

/** An entry that was not accepted, and why: it is named so that the file can be corrected. */
export const rejectedEntrySchema = z.object({ file: z.string(), entry: z.string(), reason: z.string() });
export type RejectedEntry = z.infer<typeof rejectedEntrySchema>;

/** What is wrong with an entry, on one line. */
export const explainError = (error: z.ZodError): string => z.prettifyError(error).replaceAll("\n", " ");
