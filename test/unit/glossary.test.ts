import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { getTableConfig as getServerTable, PgTable } from "drizzle-orm/pg-core";
import { getTableConfig as getStationTable, SQLiteTable } from "drizzle-orm/sqlite-core";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { contract } from "../../protocol/api/contract.ts";
import { fleetContract } from "../../protocol/api/fleet-contract.ts";
import { SERVER_REFUSALS } from "../../protocol/api/server-refusals.ts";
import { STATION_REFUSALS } from "../../protocol/api/station-refusals.ts";
import { eventSchema } from "../../protocol/events/event.ts";
import { CODE_FOLDERS } from "../../scripts/import-rules.ts";
import { TOP } from "../fixtures/station-folder.ts";

/* Holds docs/internals/glossary.md: a word that it forbids is in no name. */

interface ForbiddenWord {
	/** One word, or several in a row. */
	words: readonly string[];
	/** The folders where it is forbidden; none means everywhere. */
	folders: readonly string[];
	/** What to say instead. */
	term: string;
}

interface Name {
	name: string;
	/** A file's path, or the folder whose rules count for the name. */
	path: string;
	kind: string;
}

function readGlossary(): ForbiddenWord[] {
	const text = readFileSync(join(TOP, "docs/internals/glossary.md"), "utf8");
	const list = (cell = "") =>
		cell
			.split(",")
			.map((part) => part.trim())
			.filter((part) => part !== "");
	return text
		.split("\n")
		.filter((line) => line.startsWith("| ") && !line.startsWith("| Term |"))
		.flatMap((line) => {
			const [term = "", , forbidden, folders] = line
				.split("|")
				.slice(1)
				.map((cell) => cell.trim());
			return list(forbidden).map((phrase) => ({ words: wordsIn(phrase), folders: list(folders), term }));
		});
}

/** The words of a name, whatever its case: camelCase, kebab-case, SNAKE_CASE, a path, a route. */
function wordsIn(name: string): string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== "");
}

function forbids({ words, folders }: ForbiddenWord, { name, path }: Name): boolean {
	if (folders.length > 0 && !folders.some((folder) => `${path}/`.startsWith(`${folder}/`))) return false;
	return ` ${wordsIn(name).join(" ")} `.includes(` ${words.join(" ")} `);
}

function fileNames(): Name[] {
	const patterns = CODE_FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx,mjs,css,html}`);
	const files = globSync(patterns, { cwd: TOP, exclude: (path) => path.includes("node_modules") });
	return files.map((path) => ({ name: basename(path), path, kind: "file" }));
}

function exportedNames(files: readonly Name[]): Name[] {
	return files
		.filter(({ path }) => /\.(ts|tsx|mjs)$/.test(path))
		.flatMap(({ path }) =>
			parseSync(path, readFileSync(join(TOP, path), "utf8")).module.staticExports.flatMap(({ entries }) =>
				entries.flatMap(({ exportName }) => (exportName.name ? [{ name: exportName.name, path, kind: "export" }] : [])),
			),
		);
}

function routes(): Name[] {
	const found: Name[] = [];
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		const route = (value as { "~orpc"?: { route: { path?: string } } })["~orpc"];
		if (route?.route.path !== undefined) found.push({ name: route.route.path, path: "protocol/api", kind: "route" });
		else for (const child of Object.values(value)) visit(child);
	};
	visit(contract);
	visit(fleetContract);
	return found;
}

async function columns(): Promise<Name[]> {
	const found: Name[] = [];
	for (const file of globSync("db/{station,server}/schema/*.ts", { cwd: TOP })) {
		const tables = Object.values((await import(join(TOP, file))) as Record<string, unknown>);
		for (const table of tables) {
			const config =
				table instanceof SQLiteTable
					? getStationTable(table)
					: table instanceof PgTable
						? getServerTable(table)
						: undefined;
			if (config === undefined) continue;
			found.push({ name: config.name, path: file, kind: "table" });
			for (const { name } of config.columns) found.push({ name, path: file, kind: `column of ${config.name}` });
		}
	}
	return found;
}

const events = (): Name[] =>
	eventSchema.options.map(({ shape }) => ({ name: shape.type.value, path: "protocol/events", kind: "event type" }));
const errorCodes = (): Name[] =>
	Object.keys({ ...STATION_REFUSALS, ...SERVER_REFUSALS }).map((name) => ({
		name,
		path: "protocol/api",
		kind: "error code",
	}));

async function allNames(): Promise<Name[]> {
	const files = fileNames();
	return [files, exportedNames(files), routes(), events(), errorCodes(), await columns()].flat();
}

test("no name has a word that the glossary forbids", async () => {
	const glossary = readGlossary();
	const names = await allNames();
	const found = names.flatMap((name) =>
		glossary
			.filter((word) => forbids(word, name))
			.map(({ words, term }) => `${name.path}: ${name.kind} ${name.name} says "${words.join(" ")}"; say ${term}`),
	);
	expect(found).toEqual([]);
});

test("the check reads every kind of name", async () => {
	const kinds = new Set((await allNames()).map(({ kind }) => kind.replace(/ of .*/, "")));
	expect([...kinds].sort()).toEqual(["column", "error code", "event type", "export", "file", "route", "table"]);
});

test("a forbidden word is found in every case, as a word of its own, and only where it is forbidden", () => {
	const door: ForbiddenWord = { words: ["door"], folders: [], term: "http" };
	const shutOut: ForbiddenWord = { words: ["shut", "out"], folders: ["server"], term: "revoke" };
	const at = (name: string, path = "server/a.ts"): Name => ({ name, path, kind: "export" });
	for (const name of ["makeDoor", "DOOR_KEY", "door-key.ts", "/api/door/{id}", "door.opened", "HTTPDoor"])
		expect(forbids(door, at(name))).toBe(true);
	for (const name of ["outdoors", "indoor"]) expect(forbids(door, at(name))).toBe(false);
	expect(forbids(shutOut, at("isShutOut"))).toBe(true);
	expect(forbids(shutOut, at("shutdownOutput"))).toBe(false);
	expect(forbids(shutOut, at("isShutOut", "station/a.ts"))).toBe(false);
});
