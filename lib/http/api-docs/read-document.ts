import { z } from "zod";

/** What the page reads of an OpenAPI document, and no more. */
const schemaSchema = z.looseObject({
	$ref: z.string().optional(),
	type: z.union([z.string(), z.array(z.string())]).optional(),
	format: z.string().optional(),
	const: z.union([z.string(), z.number(), z.boolean()]).optional(),
	enum: z.array(z.union([z.string(), z.number(), z.null()])).optional(),
	description: z.string().optional(),
	required: z.array(z.string()).optional(),
	minimum: z.number().optional(),
	maximum: z.number().optional(),
	maxLength: z.number().optional(),
	default: z.unknown().optional(),
	get items() {
		return schemaSchema.optional();
	},
	get properties() {
		return z.record(z.string(), schemaSchema).optional();
	},
	get additionalProperties() {
		return z.union([z.boolean(), schemaSchema]).optional();
	},
	get anyOf() {
		return z.array(schemaSchema).optional();
	},
	get oneOf() {
		return z.array(schemaSchema).optional();
	},
});
export type Schema = z.infer<typeof schemaSchema>;

const contentSchema = z.record(z.string(), z.looseObject({ schema: schemaSchema }));

const operationSchema = z.looseObject({
	operationId: z.string(),
	summary: z.string(),
	tags: z.array(z.string()),
	security: z.array(z.record(z.string(), z.unknown())),
	parameters: z
		.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: schemaSchema }))
		.default([]),
	requestBody: z.looseObject({ content: contentSchema }).optional(),
	responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
});
export type Operation = z.infer<typeof operationSchema>;

const documentSchema = z.looseObject({
	info: z.looseObject({ title: z.string(), version: z.string(), description: z.string() }),
	servers: z.tuple([z.looseObject({ url: z.string() })]),
	tags: z.array(z.looseObject({ name: z.string(), description: z.string() })),
	paths: z.record(z.string(), z.record(z.string(), operationSchema)),
	components: z.looseObject({
		schemas: z.record(z.string(), schemaSchema),
		securitySchemes: z.record(z.string(), z.looseObject({ description: z.string() })),
	}),
});
export type ReadDocument = z.infer<typeof documentSchema>;

/** Throws where a document lacks what lib/http/openapi.ts always writes. */
export function readDocument(document: unknown): ReadDocument {
	return documentSchema.parse(document);
}
