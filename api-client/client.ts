import type {
	AnyContractProcedure,
	AnySchema,
	ContractProcedure,
	ErrorMap,
	InferSchemaInput,
	InferSchemaOutput,
	Meta,
} from "@orpc/contract";
import type { Route, Routes } from "../protocol/api/routes.ts";
import { type Answer, type Refused, UNREACHABLE } from "./answer.ts";

/*
 * A client of a contract. Its types are the contract's; at run time it has only the table of routes, so that a
 * screen loads no schema library. The server checks inputs and outputs against the schemas.
 */

/** The calls of a contract: each takes its input and gives an answer. Never rejects. */
export type Client<Contract> = {
	readonly [Name in keyof Contract]: Contract[Name] extends AnyContractProcedure
		? Call<Contract[Name]>
		: Client<Contract[Name]>;
};

type Call<Procedure> =
	Procedure extends ContractProcedure<infer Input, infer Output, infer Errors, Meta>
		? unknown extends InferSchemaInput<Input>
			? (input?: undefined, options?: CallOptions) => Promise<AnswerOf<Output, Errors>>
			: (
					...args: undefined extends InferSchemaInput<Input>
						? [input?: InferSchemaInput<Input>, options?: CallOptions]
						: [input: InferSchemaInput<Input>, options?: CallOptions]
				) => Promise<AnswerOf<Output, Errors>>
		: never;

type AnswerOf<Output extends AnySchema, Errors extends ErrorMap> = Answer<
	BodyOf<InferSchemaOutput<Output>>,
	RefusalsOf<Errors>
>;

/** An output with a status has its body beside it; an answer without a body is null. */
type BodyOf<Output> = Output extends { status: number; body: infer Body }
	? Body
	: Output extends { status: number } | undefined
		? null
		: unknown extends Output
			? null
			: Output extends void
				? null
				: Output;

type RefusalsOf<Errors extends ErrorMap> = {
	[Code in keyof Errors & string]: Refused<
		Code,
		Errors[Code] extends { data: infer Data extends AnySchema }
			? InferSchemaOutput<Data>
			: Readonly<Record<string, never>>
	>;
}[keyof Errors & string];

/** What a call of this procedure answers. */
export type AnswerTo<Call extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
/** The value of its good answer. */
export type ValueOf<Call extends (...input: never[]) => Promise<unknown>> =
	Extract<AnswerTo<Call>, { kind: "ok" }> extends { value: infer Value } ? Value : never;

export interface CallOptions {
	/** The bearer token: a session's, or the kiosk's key. */
	token?: string | undefined;
	/** An answer that takes longer is no answer. */
	timeoutMs?: number;
}

export interface ClientOptions extends CallOptions {
	/** Where the paths of the table begin: /api. */
	prefix: string;
	fetch?: typeof globalThis.fetch;
}

/** Makes the client of a contract from its table of routes; `Contract` names the type that the table belongs to. */
export function createClient<Contract>(routes: RoutesOf<Contract>, options: ClientOptions): Client<Contract> {
	// The table has the contract's shape, as its type says.
	return callsOf(routes as Routes, options) as Client<Contract>;
}

/** The table that belongs to a contract. */
export type RoutesOf<Contract> = {
	readonly [Name in keyof Contract]: Contract[Name] extends AnyContractProcedure ? Route : RoutesOf<Contract[Name]>;
};

type AnyCall = (input?: object, options?: CallOptions) => Promise<Answer<unknown>>;
interface Calls {
	[name: string]: AnyCall | Calls;
}

function callsOf(routes: Routes, options: ClientOptions): Calls {
	return Object.fromEntries(
		Object.entries(routes).map(([name, entry]) => [
			name,
			isRoute(entry)
				? (input?: object, own?: CallOptions) => ask(entry, input, { ...options, ...own })
				: callsOf(entry, options),
		]),
	);
}

const isRoute = (entry: Route | Routes): entry is Route => typeof entry.method === "string";

const DEFAULT_TIMEOUT_MS = 8_000;

async function ask(route: Route, input: object | undefined, options: ClientOptions): Promise<Answer<unknown>> {
	const { fetch = globalThis.fetch, token, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
	const { url, body } = addressOf(options.prefix + route.path, route.method, input);
	try {
		const response = await fetch(url, {
			method: route.method,
			headers: {
				...(token !== undefined && { authorization: `Bearer ${token}` }),
				...(body !== undefined && { "content-type": "application/json" }),
			},
			body: body ?? null,
			cache: "no-store",
			signal: AbortSignal.timeout(timeoutMs),
		});
		if (response.status === 204) return { kind: "ok", value: null };
		const answer: unknown = await response.json();
		if (!isRecord(answer)) return UNREACHABLE;
		if (!response.ok) return refusalIn(answer);
		return hasFields(answer, route.answer ?? {}) ? { kind: "ok", value: answer } : UNREACHABLE;
	} catch {
		return UNREACHABLE;
	}
}

/** Fields that the path names go there; the others are the query of a GET, or else the body. Undefined fields are left out. */
function addressOf(path: string, method: Route["method"], input: object = {}): { url: string; body?: string } {
	const rest = new Map<string, unknown>(Object.entries(input));
	const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
		const value = rest.get(name);
		rest.delete(name);
		return encodeURIComponent(String(value));
	});
	if (method !== "GET") return { url, ...(rest.size > 0 && { body: JSON.stringify(Object.fromEntries(rest)) }) };
	const query = new URLSearchParams();
	for (const [name, value] of rest) if (value !== undefined) query.set(name, String(value));
	return { url: query.size === 0 ? url : `${url}?${query}` };
}

function refusalIn({ code, message, data }: Readonly<Record<string, unknown>>): Answer<unknown> {
	if (typeof code !== "string") return UNREACHABLE;
	return {
		kind: "refused",
		code,
		message: typeof message === "string" ? message : code,
		data: isRecord(data) ? data : {},
	};
}

function hasFields(answer: Readonly<Record<string, unknown>>, fields: NonNullable<Route["answer"]>): boolean {
	return Object.entries(fields).every(([name, kind]) =>
		kind === "array" ? Array.isArray(answer[name]) : isRecord(answer[name]),
	);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
