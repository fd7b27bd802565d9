import { z } from "zod";
import { languageSchema } from "./language-schema.ts";

/**
 * What is said as a whole; between its clips stand {number}, letter by letter, {counter}, as a number, and amounts,
 * {count}, {from} and {to}. Amounts follow a colon, so that no language has to inflect them.
 */
export const SENTENCES = ["call", "number", "wait", "waitAbout", "waitLeast", "ahead", "people"] as const;
export type Sentence = (typeof SENTENCES)[number];

const sentencesSchema = z.partialRecord(z.enum(SENTENCES), z.array(z.string()));

/** The name of a clip, and of its file: call-1, letter-B, digit-0, count-12, kiosk.topics.title, topic.work-permit. */
const clipSchema = z.string().regex(/^[A-Za-z][\w.-]*$/);

/** What one language's speech is made of. */
export const speechManifestSchema = z.strictObject({
	/** The speech program's name for the language. */
	voice: z.string().min(1),
	sentences: sentencesSchema,
	/** What each clip says, as a person would record it. */
	clips: z.record(clipSchema, z.string().min(1)),
	/** What the speech program is given instead, where it would read a text wrongly: kana, vowel signs, names of letters. */
	readings: z.record(clipSchema, z.string().min(1)),
	/** What it is given instead of a few words, wherever they begin a word. */
	respelled: z.record(z.string().min(1), z.string().min(1)).optional(),
	/** The script that the program cannot read: without a reading nothing is made of it, nor of letters and figures. */
	unread: z.enum(["Han", "Thai", "Arabic"]).optional(),
});
export type SpeechManifest = z.infer<typeof speechManifestSchema>;

/** The clips that are there, for a screen to say things with. */
export const speechSchema = z.object({
	language: languageSchema,
	sentences: sentencesSchema,
	/** Each clip's address, by its name. What is not here cannot be said. */
	clips: z.record(z.string(), z.string()),
});
export type Speech = z.infer<typeof speechSchema>;

export const speechHealthSchema = z.object({
	language: languageSchema,
	/** Clips that people spoke, that a program made, and that are missing. */
	recorded: z.int().min(0),
	made: z.int().min(0),
	missing: z.int().min(0),
	/** True where a number can be called in this language. */
	calls: z.boolean(),
});
export type SpeechHealth = z.infer<typeof speechHealthSchema>;
