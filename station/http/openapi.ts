import type { OpenAPI } from "@orpc/contract";
import { OpenAPIGenerator } from "@orpc/openapi";
import type { AnyRouter } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";

type Document = OpenAPI.Document;

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

/** What any operation may answer beside its own refusals: the door's own checks. */
const DOOR_REFUSALS = {
	400: "The request does not match the contract, or a foreign page sent it (403)",
	413: "The body is too large",
	415: "The body is not JSON",
	421: "The host name is not the station's",
	500: "The station could not do it; nothing was changed",
} as const;

/** OpenAPI 3.1 of the station's API, made from the contract when it is first asked for. */
export function describeApi(router: AnyRouter, version: string): () => Promise<Document> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	let made: Promise<Document> | undefined;
	return () => {
		made ??= generator
			.generate(router, {
				info: {
					title: "Paihao station",
					version,
					description:
						"The queue of one front desk. The kiosk sends its key, a desk its session's token, both as a bearer token. Every refusal has a stable code.",
				},
				servers: [{ url: "/api" }],
				components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
			})
			.then(addDoor);
		return made;
	};
}

/** Adds what the door does before the contract: who needs a token, and what it refuses by itself. */
function addDoor(document: Document): Document {
	for (const path of Object.values(document.paths ?? {})) {
		for (const method of METHODS) {
			const operation = path?.[method];
			if (!operation) continue;
			operation.responses ??= {};
			// An operation that can be refused for want of a token needs one.
			if ("401" in operation.responses) operation.security = [{ bearer: [] }];
			for (const [status, description] of Object.entries(DOOR_REFUSALS))
				operation.responses[status] ??= { description };
		}
	}
	return document;
}

/** The methods that the description has for a path below /api, as the Allow header names them; none for an unknown path. */
export function methodsOf(document: Document, pathname: string): string[] {
	const found = Object.entries(document.paths ?? {}).find(([template]) => fits(template, pathname));
	return METHODS.filter((method) => found?.[1]?.[method] !== undefined).map((method) => method.toUpperCase());
}

function fits(template: string, pathname: string): boolean {
	const parts = template.split("/");
	const given = pathname.split("/");
	return parts.length === given.length && parts.every((part, index) => part.startsWith("{") || part === given[index]);
}
