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
});
export type InheritedSettings = z.infer<typeof inheritedSettingsSchema>;

/** SHA-256, hex: by it a station knows whether they have changed. */
export function digestOfSettings({ staff, counters, topics }: InheritedSettings): string {
	return hash("sha256", JSON.stringify([staff, counters, topics]));
}
