import { z } from "zod";
import { type hsdsAttributeSchema, OWN_ATTRIBUTE } from "./shapes.ts";

const entryValueSchema = z.looseObject({ id: z.string() });
const translationsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const ownValueSchema = z.object({
	entry: entryValueSchema.optional(),
	translations: translationsSchema.optional(),
	/** Of a service: the group of its series. */
	group: z.object({ entry: entryValueSchema, translations: translationsSchema.optional() }).optional(),
	/** Of a service: the texts of its questions, options and steps. */
	words: z
		.partialRecord(z.enum(["questions", "options", "steps"]), z.record(z.string(), translationsSchema))
		.optional(),
});
/** What is read of an entity alike. */
export type OwnValue = Pick<z.infer<typeof ownValueSchema>, "entry" | "translations">;

/** What Paihao itself wrote about an entity; undefined where another program did, or where it cannot be read. */
export function ownOf(attributes: unknown): z.infer<typeof ownValueSchema> | undefined {
	const found = (Array.isArray(attributes) ? attributes : []).find(
		(one: z.infer<typeof hsdsAttributeSchema>) => one.taxonomy_term?.code === OWN_ATTRIBUTE,
	);
	if (typeof found?.value !== "string") return undefined;
	try {
		return ownValueSchema.parse(JSON.parse(found.value));
	} catch {
		return undefined;
	}
}
