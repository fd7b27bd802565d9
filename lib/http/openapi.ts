import { type AnyContractRouter, isContractProcedure, type OpenAPI } from "@orpc/contract";
import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { z } from "zod";

export type OpenApiDocument = OpenAPI.Document;
/** Who may make a call: any one of these. */
export type Security = NonNullable<OpenAPI.OperationObject["security"]>;

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

/** A call of the contract: its own facts, and the codes that it may be refused with. */
export interface CallFacts {
	meta: Readonly<Record<string, unknown>>;
	codes: readonly string[];
}

/** An API as its document describes it, beside what the contract itself says. */
export interface ApiDescription {
	contract: AnyContractRouter;
	title: string;
	description: string;
	version: string;
	/** Where every path begins. */
	prefix: string;
	/** What each tag of the contract means. */
	tags: Readonly<Record<string, string>>;
	/** The schemas that the document names; every use of one is a reference to it. */
	schemas: Readonly<Record<string, z.ZodType>>;
	refusals: Readonly<Record<string, { status: number; message: string; data?: z.ZodType }>>;
	securitySchemes: Readonly<Record<string, OpenAPI.SecuritySchemeObject>>;
	securityOf(call: CallFacts): Security;
}

/** OpenAPI 3.1 of an API, made when it is first asked for. */
export function describeApi(api: ApiDescription): () => Promise<OpenApiDocument> {
	let made: Promise<OpenApiDocument> | undefined;
	return () => {
		made ??= generate(api);
		return made;
	};
}

async function generate(api: ApiDescription): Promise<OpenApiDocument> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	const document = await generator.generate(api.contract, {
		info: {
			title: api.title,
			version: api.version,
			license: { name: "MIT", identifier: "MIT" },
			description: api.description,
		},
		servers: [{ url: api.prefix }],
		components: { securitySchemes: { ...api.securitySchemes } },
		commonSchemas: Object.fromEntries(
			Object.entries(api.schemas).map(([name, schema]) => [name, { schema, strategy: "output" }]),
		),
		customErrorResponseBodySchema: (defined) => {
			const references = defined.map(([code]) => ({ $ref: `#/components/schemas/${refusalName(code)}` }));
			return references.length === 1 ? references[0] : { anyOf: references };
		},
	});
	document.tags = Object.entries(api.tags).map(([name, description]) => ({ name, description }));
	document.components = {
		...document.components,
		schemas: { ...document.components?.schemas, ...refusalSchemas(document, api.refusals) },
	};
	completeOperations(document, api);
	return document;
}

/** The schemas of the refusals that the document refers to. */
function refusalSchemas(document: OpenApiDocument, refusals: ApiDescription["refusals"]): Record<string, object> {
	const text = JSON.stringify(document.paths);
	const used = Object.entries(refusals).filter(([code]) => text.includes(`/${refusalName(code)}"`));
	return Object.fromEntries(used.map(([code, refusal]) => [refusalName(code), refusalSchema(code, refusal)]));
}

/** TOPIC_UNKNOWN is named TopicUnknownRefusal. */
function refusalName(code: string): string {
	const words = code.toLowerCase().split("_");
	return `${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("")}Refusal`;
}

function refusalSchema(code: string, { status, message, data }: ApiDescription["refusals"][string]): object {
	const { $schema: _, ...schema } = z.toJSONSchema(
		z.object({
			defined: z.literal(true),
			code: z.literal(code),
			status: z.literal(status),
			message: z.string().describe(message),
			data: data ?? z.object({}).optional(),
		}),
	);
	return schema;
}

/** Adds who may call each operation. An answer 204 has no body. */
function completeOperations(document: OpenApiDocument, { contract, securityOf }: ApiDescription): void {
	const calls = callsIn(contract);
	for (const path of Object.values(document.paths ?? {})) {
		for (const method of METHODS) {
			const operation = path?.[method];
			const call = calls.get(operation?.operationId ?? "");
			if (!operation || !call) continue;
			operation.security = securityOf(call);
			const empty = operation.responses?.["204"];
			if (empty && "content" in empty) delete empty.content;
		}
	}
}

function callsIn(router: AnyContractRouter, name: readonly string[] = []): Map<string, CallFacts> {
	if (isContractProcedure(router)) {
		const { meta, errorMap } = router["~orpc"];
		return new Map([[name.join("."), { meta: { ...meta }, codes: Object.keys(errorMap) }]]);
	}
	return new Map(Object.entries(router).flatMap(([key, value]) => [...callsIn(value, [...name, key])]));
}

/** The methods that the document has for a path below the prefix, as the Allow header names them; none for an unknown path. */
export function methodsOf(document: OpenApiDocument, pathname: string): string[] {
	const found = Object.entries(document.paths ?? {}).find(([template]) => fits(template, pathname));
	return METHODS.filter((method) => found?.[1]?.[method] !== undefined).map((method) => method.toUpperCase());
}

function fits(template: string, pathname: string): boolean {
	const parts = template.split("/");
	const given = pathname.split("/");
	return parts.length === given.length && parts.every((part, index) => part.startsWith("{") || part === given[index]);
}
