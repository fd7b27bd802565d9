import { hash } from "node:crypto";
import { z } from "zod";
import { counterNumberSchema, staffIdSchema, topicIdSchema } from "../model/ids.ts";
import { counterSettingSchema, staffRoleSchema, topicSettingSchema } from "../model/staff.ts";

/**
 * What a device takes over that is enrolled in the place of another: who the staff are and what supervisors set. No PIN,
 * no session and no paired device is in it: whoever stole the old device can do nothing with the new one.
 */
export const inheritedSettingsSchema = z.strictObject({
	staff: z
		.array(z.strictObject({ id: staffIdSchema, name: z.string().min(1).max(64), role: staffRoleSchema }))
		.max(1_000),
	counters: z.array(z.strictObject({ counter: counterNumberSchema, setting: counterSettingSchema })).max(1_000),
	topics: z.array(z.strictObject({ topic: topicIdSchema, setting: topicSettingSchema })).max(1_000),
	/**
	 * The printer on the network, for the next device to offer: a printer at a cable or in a queue of the old machine is
	 * another one, or none, at the new.
	 */
	printer: z
		.strictObject({ address: z.string().min(1).max(300), profile: z.string().max(100).nullable() })
		.nullable()
		.default(null),
});
export type InheritedSettings = z.infer<typeof inheritedSettingsSchema>;
export type InheritedPrinter = NonNullable<InheritedSettings["printer"]>;

/** SHA-256, hex: by it a station knows whether they have changed. */
export function digestOfSettings({ staff, counters, topics, printer }: InheritedSettings): string {
	return hash("sha256", JSON.stringify([staff, counters, topics, printer]));
}
