import { type AnyContractRouter, isContractProcedure } from "@orpc/contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { deskContract } from "../../../protocol/api/desk-contract.ts";
import {
	deskRoutes,
	type Route,
	type Routes,
	stationRoutes,
	statisticsRoutes,
	supervisionRoutes,
	visitorRoutes,
} from "../../../protocol/api/routes.ts";
import { stationContract } from "../../../protocol/api/station-contract.ts";
import { statisticsContract } from "../../../protocol/api/statistics-contract.ts";
import { supervisionContract } from "../../../protocol/api/supervision-contract.ts";
import { visitorContract } from "../../../protocol/api/visitor-contract.ts";

const CALLERS: [string, AnyContractRouter, Routes][] = [
	["visitors", visitorContract, visitorRoutes],
	["desks", deskContract, deskRoutes],
	["supervisors", supervisionContract, supervisionRoutes],
	["statistics", statisticsContract, statisticsRoutes],
	["the station", stationContract, stationRoutes],
];

/** Every call of a contract with its route, by name. */
function routesOf(contract: AnyContractRouter, name = ""): Map<string, Pick<Route, "method" | "path" | "answer">> {
	if (isContractProcedure(contract)) {
		const { route, outputSchema } = contract["~orpc"];
		const answer = outputSchema instanceof z.ZodType ? fieldsOf(outputSchema) : undefined;
		return new Map([[name, { method: route.method, path: route.path, ...(answer && { answer }) } as Route]]);
	}
	return new Map(Object.entries(contract).flatMap(([key, value]) => [...routesOf(value, `${name}.${key}`)]));
}

/** The fields of an output that are always a list or a record; undefined where there are none. */
function fieldsOf(output: z.ZodType): Route["answer"] {
	if (output instanceof z.ZodUnion) {
		const [first] = output.options;
		return first instanceof z.ZodObject && first.shape.body instanceof z.ZodType
			? fieldsOf(first.shape.body)
			: undefined;
	}
	if (!(output instanceof z.ZodObject)) return undefined;
	const kinds = Object.entries(output.shape).flatMap(([name, schema]) => {
		if (schema instanceof z.ZodArray) return [[name, "array"]];
		return schema instanceof z.ZodObject || schema instanceof z.ZodRecord ? [[name, "object"]] : [];
	});
	return kinds.length === 0 ? undefined : Object.fromEntries(kinds);
}

function routesIn(table: Routes, name = ""): Map<string, Route> {
	const found = new Map<string, Route>();
	for (const [key, entry] of Object.entries(table)) {
		if (isRoute(entry)) found.set(`${name}.${key}`, entry);
		else for (const [inner, route] of routesIn(entry, `${name}.${key}`)) found.set(inner, route);
	}
	return found;
}

const isRoute = (entry: Route | Routes): entry is Route => typeof entry.method === "string";

test.each(CALLERS)("the table of %s has every call of the contract, and no other", (_, contract, table) => {
	expect(routesIn(table)).toEqual(routesOf(contract));
});

test("no two calls share a method and a path", () => {
	const all = CALLERS.flatMap(([, , table]) =>
		[...routesIn(table).values()].map(({ method, path }) => `${method} ${path}`),
	);
	expect(new Set(all).size).toBe(all.length);
});
