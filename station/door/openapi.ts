import type { OpenAPI } from "@orpc/contract";
import { OpenAPIGenerator } from "@orpc/openapi";
import type { AnyRouter } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";

/** OpenAPI 3.1 of the station's API, made from the contract when it is first asked for. */
export function describeApi(router: AnyRouter, version: string): () => Promise<OpenAPI.Document> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	let made: Promise<OpenAPI.Document> | undefined;
	return () => {
		made ??= generator.generate(router, {
			info: {
				title: "Paihao station",
				version,
				description:
					"The queue of one front desk. The kiosk sends its key, a desk its session's token, both as a bearer token. Every refusal has a stable code.",
			},
			servers: [{ url: "/api" }],
			components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
		});
		return made;
	};
}
