import { z } from "zod";
import { printProofSchema, statePartSchema } from "../model/print.ts";

/*
 * The set-up sheet: the station prints it, a person looks at it and answers three questions, and the station keeps
 * what follows for this printer.
 */

export const sheetAnswersSchema = z.strictObject({
	/** The largest number whose black block is whole. */
	width: z.int().min(360).max(640),
	/** Whether the picture has gaps, stripes, or signs and letters in it. */
	picture: z.enum(["whole", "torn"]),
	/** What became of the paper after the last line: cut behind it, cut through it or before it, or not cut. */
	cut: z.enum(["cut", "early", "none"]),
});
export type SheetAnswers = z.infer<typeof sheetAnswersSchema>;

/** How tickets are printed at this station, and what could be chosen. */
export const printerSetupSchema = z.object({
	/** The printer's address without its options. */
	place: z.string(),
	/** The names of models that can be chosen. */
	profiles: z.array(z.string()),
	/** The model that is in use. */
	profile: z.string().nullable(),
	dialect: z.string(),
	widthDots: z.int(),
	hasCutter: z.boolean(),
	/** Paper after a ticket, in millimetres. */
	feedMm: z.number(),
	/** The most rows of one picture command. */
	bandRows: z.int(),
	/** Null until it was asked. */
	proof: printProofSchema.nullable(),
	/** What the printer has shown that it can do; null until it was asked. */
	abilities: z.object({ reports: z.array(statePartSchema), confirms: z.boolean() }).nullable(),
	/** What was found with the sheet, in the form of an address's options; null before. */
	kept: z.string().nullable(),
	/** Options that the station's settings give. The sheet cannot change them. */
	fixed: z.array(z.string()),
});
export type PrinterSetup = z.infer<typeof printerSetupSchema>;
