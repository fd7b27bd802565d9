import { type AnyContractRouter, isContractProcedure, type OpenAPI } from "@orpc/contract";
import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { z } from "zod";
import * as board from "../../protocol/api/board.ts";
import { checklistSchema } from "../../protocol/api/checklist.ts";
import { contract } from "../../protocol/api/contract.ts";
import type { CallMeta } from "../../protocol/api/contract-helpers.ts";
import { healthSchema } from "../../protocol/api/health.ts";
import { REFUSALS, type RefusalCode } from "../../protocol/api/refusals.ts";
import { createdCodeSchema, ownDeviceSchema, pairedDeviceSchema } from "../../protocol/model/device.ts";
import { languageSchema } from "../../protocol/model/language-schema.ts";
import { stationNetworkSchema } from "../../protocol/model/network.ts";
import { phoneTicketSchema } from "../../protocol/model/phone.ts";
import { printerStatusSchema } from "../../protocol/model/print.ts";
import { speechSchema } from "../../protocol/model/speech.ts";
import {
	auditEntrySchema,
	counterSchema,
	dayClosingSchema,
	sessionSchema,
	topicLoadSchema,
} from "../../protocol/model/staff.ts";
import { issuedTicketSchema, ticketSchema, ticketStateSchema, waitSchema } from "../../protocol/model/ticket.ts";
import { expectedVisitSchema } from "../../protocol/model/visit.ts";

type Document = OpenAPI.Document;

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

/** The schemas that the document names; every use of one is a reference to it. */
const NAMED_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
	Activity: auditEntrySchema,
	Board: board.boardSchema,
	Checklist: checklistSchema,
	Counter: counterSchema,
	CreatedCode: createdCodeSchema,
	DayClosing: dayClosingSchema,
	ExpectedVisit: expectedVisitSchema,
	Health: healthSchema,
	IssuedTicket: issuedTicketSchema,
	Language: languageSchema,
	OtherSite: board.otherSiteSchema,
	OwnDevice: ownDeviceSchema,
	PairedDevice: pairedDeviceSchema,
	PhoneTicket: phoneTicketSchema,
	PrinterStatus: printerStatusSchema,
	Queue: board.queueSchema,
	Session: sessionSchema,
	Speech: speechSchema,
	StationNetwork: stationNetworkSchema,
	Ticket: ticketSchema,
	TicketState: ticketStateSchema,
	TopicLoad: topicLoadSchema,
	Topics: board.topicsSchema,
	Wait: waitSchema,
};

const TAGS = {
	board: "What the public board shows and speaks.",
	catalogue: "Topics, and the sites that offer them.",
	desk: "What staff do at a counter.",
	device: "Pairing of kiosks, desks and boards on the network.",
	health: "How the station is.",
	kiosk: "What visitors do at the kiosk.",
	phone: "A visitor's own ticket, by the code on its paper.",
	supervisor: "What supervisors do.",
} as const;

/** Who may call, as the document says it. A device on the network also sends the cookie that pairing gave it. */
const SECURITY_SCHEMES = {
	session: { type: "http", scheme: "bearer", description: "The token of a session: POST /session." },
	kioskKey: { type: "http", scheme: "bearer", description: "The key that the station made for its own kiosk." },
	device: { type: "apiKey", in: "cookie", name: "paihao-device", description: "A paired device: POST /device." },
} as const;

/** OpenAPI 3.1 of the station's API, made from the contract when it is first asked for. */
export function describeApi(version: string): () => Promise<Document> {
	let made: Promise<Document> | undefined;
	return () => {
		made ??= generate(version);
		return made;
	};
}

async function generate(version: string): Promise<Document> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	const document = await generator.generate(contract, {
		info: {
			title: "Paihao station",
			version,
			license: { name: "MIT", identifier: "MIT" },
			description:
				"The queue of one front desk. The kiosk sends its key, a desk its session's token, both as a bearer token. Every refusal has a stable code.",
		},
		servers: [{ url: "/api" }],
		components: { securitySchemes: SECURITY_SCHEMES },
		commonSchemas: Object.fromEntries(
			Object.entries(NAMED_SCHEMAS).map(([name, schema]) => [name, { schema, strategy: "output" }]),
		),
		customErrorResponseBodySchema: (defined) => {
			const references = defined.map(([code]) => ({ $ref: `#/components/schemas/${refusalName(code)}` }));
			return references.length === 1 ? references[0] : { anyOf: references };
		},
	});
	document.tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
	const text = JSON.stringify(document.paths);
	const refusals = Object.keys(REFUSALS)
		.filter((code) => text.includes(`/${refusalName(code)}"`))
		.map((code) => [refusalName(code), refusalSchema(code as RefusalCode)]);
	document.components = {
		...document.components,
		schemas: { ...document.components?.schemas, ...Object.fromEntries(refusals) },
	};
	completeOperations(document);
	return document;
}

/** TOPIC_UNKNOWN is named TopicUnknownRefusal. */
function refusalName(code: string): string {
	const words = code.toLowerCase().split("_");
	return `${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("")}Refusal`;
}

function refusalSchema(code: RefusalCode): object {
	const refusal = REFUSALS[code];
	const { $schema: _, ...schema } = z.toJSONSchema(
		z.object({
			defined: z.literal(true),
			code: z.literal(code),
			status: z.literal(refusal.status),
			message: z.string().describe(refusal.message),
			data: "data" in refusal ? refusal.data : z.object({}).optional(),
		}),
	);
	return schema;
}

/** Adds who may call each operation, from the contract's word for it and its refusals. An answer 204 has no body. */
function completeOperations(document: Document): void {
	const procedures = proceduresIn(contract);
	for (const path of Object.values(document.paths ?? {})) {
		for (const method of METHODS) {
			const operation = path?.[method];
			const call = procedures.get(operation?.operationId ?? "");
			if (!operation || !call) continue;
			operation.security = securityOf(call);
			const empty = operation.responses?.["204"];
			if (empty && "content" in empty) delete empty.content;
		}
	}
}

interface CallFacts {
	access: CallMeta["access"];
	codes: readonly string[];
}

function securityOf({ access, codes }: CallFacts): NonNullable<OpenAPI.OperationObject["security"]> {
	const session = codes.includes("SIGN_IN_REQUIRED") ? [{ session: [] }] : [];
	const kiosk = codes.includes("KIOSK_KEY_REQUIRED") ? [{ kioskKey: [] }, { device: [] }] : [];
	if (session.length > 0 || kiosk.length > 0) return [...session, ...kiosk];
	// Without a token: anyone, or from the network a paired device.
	return access === "public" ? [] : [{}, { device: [] }];
}

function proceduresIn(router: AnyContractRouter, name: readonly string[] = []): Map<string, CallFacts> {
	if (isContractProcedure(router)) {
		const { meta, errorMap } = router["~orpc"];
		const access = "access" in meta ? (meta as unknown as CallMeta).access : "desk";
		return new Map([[name.join("."), { access, codes: Object.keys(errorMap) }]]);
	}
	return new Map(Object.entries(router).flatMap(([key, value]) => [...proceduresIn(value, [...name, key])]));
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
