// Holds scripts/import-rules.ts: `node scripts/check-imports.ts`, a part of `npm run check`.
//
// dependency-cruiser would do the same but reads TypeScript through a compiler older than ours, or
// through SWC, where it stops at the first `using`. oxc-parser reads today's syntax, is what knip is built
// on, and every import here is a relative path with its extension, so nothing is left to resolve.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { CODE_FOLDERS, IMPORT_RULES, type ImportRule } from "./import-rules.ts";

export interface Import {
	/** Paths from the top of the checkout, with forward slashes; `to` may be a package's name. */
	from: string;
	to: string;
	typesOnly: boolean;
}

/** Violations by rule: lines of text, each said once. */
export type Violations = Map<string, string[]>;

const CYCLES = {
	"no-file-cycle": "Files that import each other are one file, or hide a third. An import of types counts as well.",
	"no-folder-cycle": "Folders that import each other cannot be read, tested or replaced one without the other.",
} as const;

/** Every import of the code under `top`. Throws where a file cannot be parsed. */
export function readImports(top: string): Import[] {
	const patterns = CODE_FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`);
	const files = globSync(patterns, { cwd: top, exclude: (path) => path.includes("node_modules") });
	return files
		.map((file) => file.replaceAll("\\", "/"))
		.flatMap((file) => importsOf(file, readFileSync(join(top, file), "utf8")));
}

function importsOf(from: string, text: string): Import[] {
	const { module, errors } = parseSync(from, text);
	if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
	const found: Import[] = [];
	const add = (specifier: string, typesOnly: boolean) => found.push({ from, to: target(from, specifier), typesOnly });
	for (const { moduleRequest, entries } of module.staticImports) {
		add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType));
	}
	for (const { entries } of module.staticExports) {
		for (const { moduleRequest, isType } of entries) if (moduleRequest !== null) add(moduleRequest.value, isType);
	}
	for (const { moduleRequest } of module.dynamicImports) {
		const specifier = /^["'`]([^"'`$]+)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
		if (specifier !== undefined) add(specifier, false);
	}
	return found;
}

const target = (from: string, specifier: string) =>
	specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;

export function findViolations(imports: readonly Import[]): Violations {
	const violations: Violations = new Map();
	for (const rule of IMPORT_RULES) {
		const lines = imports.filter((each) => violates(rule, each)).map(({ from, to }) => `${from} -> ${to}`);
		violations.set(rule.name, [...new Set(lines)].toSorted());
	}
	violations.set("no-file-cycle", edgesInCycles(imports.map(({ from, to }) => [from, to])));
	const betweenFolders = imports
		.filter(({ to }) => /\.(ts|tsx|mjs)$/.test(to) && to.includes("/"))
		.map(({ from, to }): [string, string] => [dirname(from), dirname(to)])
		.filter(([from, to]) => !isInside(from, to) && !isInside(to, from));
	violations.set("no-folder-cycle", edgesInCycles(betweenFolders));
	return violations;
}

/** A folder and the folders inside it are one room: what they share lies at its top, and its top wires them. */
const isInside = (folder: string, other: string) => `${folder}/`.startsWith(`${other}/`);

function violates(rule: ImportRule, { from, to, typesOnly }: Import): boolean {
	const source = rule.from.exec(from);
	if (source === null || (typesOnly && rule.allowsTypes === true)) return false;
	const matches = (pattern: string) => new RegExp(pattern.replaceAll("$1", source[1] ?? "(?!)")).test(to);
	return matches(rule.to) && !(rule.except ?? []).some(matches);
}

/** The edges of a directed graph that lie on a cycle, as "a -> b": those whose ends reach each other. */
function edgesInCycles(edges: readonly (readonly [string, string])[]): string[] {
	const component = strongComponents(edges);
	const lines = edges
		.filter(([from, to]) => component.get(from) === component.get(to))
		.map(([from, to]) => `${from} -> ${to}`);
	return [...new Set(lines)].toSorted();
}

/** Tarjan's algorithm: nodes that reach each other get the same number. */
function strongComponents(edges: readonly (readonly [string, string])[]): Map<string, number> {
	const next = new Map<string, string[]>();
	for (const [from, to] of edges) {
		next.set(from, [...(next.get(from) ?? []), to]);
		if (!next.has(to)) next.set(to, []);
	}
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const component = new Map<string, number>();
	const stack: string[] = [];
	const visit = (node: string): void => {
		index.set(node, index.size);
		let lowest = index.size - 1;
		stack.push(node);
		for (const other of next.get(node) ?? []) {
			if (!index.has(other)) visit(other);
			if (!component.has(other)) lowest = Math.min(lowest, low.get(other) ?? index.get(other) ?? lowest);
		}
		low.set(node, lowest);
		if (lowest !== index.get(node)) return;
		const members = stack.splice(stack.indexOf(node));
		for (const member of members) component.set(member, lowest);
	};
	for (const node of next.keys()) if (!index.has(node)) visit(node);
	return component;
}

/** Each broken rule with its reason, then its violations: what to print. */
export function describeViolations(violations: Violations): string[] {
	const reasons = new Map<string, string>(Object.entries(CYCLES));
	for (const { name, reason } of IMPORT_RULES) reasons.set(name, reason);
	return [...violations].flatMap(([rule, found]) =>
		found.length === 0
			? []
			: [`${rule}: ${found.length} found. ${reasons.get(rule)}`, ...found.map((line) => `  ${line}`)],
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const top = fileURLToPath(new URL("..", import.meta.url));
	if (!existsSync(join(top, "package.json"))) throw new Error("Run this inside the checkout.");
	const lines = describeViolations(findViolations(readImports(top)));
	for (const line of lines) console.log(line);
	if (lines.length > 0) process.exitCode = 1;
}
