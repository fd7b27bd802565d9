import { z } from "zod";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import { signerSchema } from "../documents/signed-document.ts";
import { siteIdSchema, stationIdSchema } from "../model/ids.ts";
import { inheritedSettingsSchema } from "./inherited-settings.ts";

/** The audience of a station's token: the server refuses any other. */
export const SERVER_AUDIENCE = "paihao-server";
export const TOKEN_LIFE_SECONDS = 300;
/** How far the clocks of station and server may be apart. Beyond it the server answers CLOCK_WRONG. */
export const TOKEN_CLOCK_TOLERANCE_SECONDS = 120;

/** How long an enrolment code is valid. */
export const CODE_LIFE_MS = 15 * MINUTE_MS;

/** The code as people type it: ten characters of Crockford's base 32 (50 random bits), any case, with or without a hyphen. */
export const enrolmentCodeSchema = z
	.string()
	.max(32)
	.transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1"))
	.pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/));

/** What a device sends to be enrolled: the code, and the public half of the key that it made (Ed25519, SPKI, base64url). */
export const enrolmentRequestSchema = z.strictObject({
	code: enrolmentCodeSchema,
	site: siteIdSchema,
	publicKey: z.base64url().max(128),
});

export const enrolmentAnswerSchema = z.object({
	station: stationIdSchema,
	site: siteIdSchema,
	/** UTC milliseconds of the server. */
	time: z.int(),
	/** The keys that the station pins: see protocol/documents/signed-document.ts. */
	signers: z.array(signerSchema).max(2).default([]),
	/** The version of the document that has these keys; 0 before the first rotation. */
	signersVersion: z.int().min(0).default(0),
	/** The last command that was sent to the device before this one, which begins after it. */
	commands: z.int().min(0).default(0),
	/** Of the device before this one; null where there was none, missing from older servers. */
	settings: inheritedSettingsSchema.nullable().default(null),
});
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;
