import { z } from "zod";

/*
 * What of HSDS 3.0 a catalogue can hold (https://docs.openreferral.org). Members beyond these are kept by the loose
 * shapes, so that the reader can name what it leaves out.
 */

const text = z.string().trim().min(1).optional().catch(undefined);

export const hsdsScheduleSchema = z.looseObject({ id: text, timezone: z.unknown().optional() });
export type HsdsSchedule = z.infer<typeof hsdsScheduleSchema>;

export const hsdsAttributeSchema = z.looseObject({
	value: z.string().optional().catch(undefined),
	taxonomy_term: z.looseObject({ code: text }).optional().catch(undefined),
});

const hsdsAddressSchema = z.looseObject({
	address_1: text,
	address_2: text,
	city: text,
	region: text,
	state_province: text,
	postal_code: text,
	country: text,
});

/** Left out, or null as some programs write it. */
const list = <T extends z.ZodType>(entry: T) =>
	z
		.array(entry)
		.nullish()
		.transform((entries) => entries ?? []);
const degrees = z
	.number()
	.nullish()
	.transform((value) => value ?? undefined);
const attributes = list(hsdsAttributeSchema);
const phones = list(z.looseObject({ number: text }));

export const hsdsOrganizationSchema = z.looseObject({ id: z.string(), name: z.string().min(1), phones, attributes });
export type HsdsOrganization = z.infer<typeof hsdsOrganizationSchema>;

export const hsdsLocationSchema = z.looseObject({
	id: z.string(),
	name: text,
	alternate_name: text,
	latitude: degrees,
	longitude: degrees,
	addresses: list(hsdsAddressSchema),
	schedules: list(hsdsScheduleSchema),
	attributes,
});
export type HsdsLocation = z.infer<typeof hsdsLocationSchema>;

export const hsdsServiceSchema = z.looseObject({
	id: z.string(),
	name: z.string().trim().min(1),
	description: text,
	status: z.enum(["active", "inactive", "defunct", "temporarily closed"]),
	url: text,
	assured_date: z.iso.date().optional().catch(undefined),
	organization: hsdsOrganizationSchema.optional(),
	required_documents: list(z.looseObject({ document: text })),
	service_at_locations: list(
		z.looseObject({ location: hsdsLocationSchema.optional(), schedules: list(hsdsScheduleSchema) }),
	),
	schedules: list(hsdsScheduleSchema),
	attributes,
});
export type HsdsService = z.infer<typeof hsdsServiceSchema>;

/** The code of the attribute that holds what HSDS has no member for, as JSON. */
export const OWN_ATTRIBUTE = "paihao";

/** Something of a file that did not come along, or that had to be assumed, and why. */
export interface HsdsRemark {
	/** The entity and its name, such as "service Community Counselling". */
	entry: string;
	what: string;
}
