import { z } from "zod";
import { languageSchema } from "./language-schema.ts";

/** A browser's subscription as its Push API tells it, and the language of the page. */
export const webPushRequestSchema = z.strictObject({
	endpoint: z.url().max(2_000),
	/** base64url */
	keys: z.strictObject({ p256dh: z.string().max(200), auth: z.string().max(100) }),
	language: languageSchema,
});
export type WebPushRequest = z.infer<typeof webPushRequestSchema>;

/** What the station tells the browser, encrypted: the push service between cannot read it. */
export interface WebPushMessage {
	/** The ticket's number. */
	title: string;
	body: string;
	language: string;
	/** Opens the ticket's page. */
	code: string;
}
