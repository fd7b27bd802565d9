import { lstatSync, readFileSync } from "node:fs";
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { UserError } from "../errors.ts";
import { didYouMean } from "./nearest.ts";

/** A value of the settings file, and where it is: "/data/paihao.json, line 3". */
export interface FileValue {
	value: unknown;
	place: string;
}

/** Editors find the file's JSON schema by this key. */
const SCHEMA_KEY = "$schema";

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: "there is no such file",
	ENOTDIR: "there is no such file",
	EACCES: "this user may not read it",
	EPERM: "this user may not read it",
	EISDIR: "it is a folder",
	ENAMETOOLONG: "its name is too long",
	ELOOP: "its links lead in a circle",
};

/** Only the likely mistakes; every other one is "not valid JSON". */
const MISTAKES: Readonly<Record<string, string>> = {
	CommaExpected: "a comma is missing",
	ColonExpected: "a colon is missing",
	CloseBraceExpected: "a closing brace is missing",
	CloseBracketExpected: "a closing bracket is missing",
	PropertyNameExpected: "a key in quotation marks is missing",
	ValueExpected: "a value is missing",
	UnexpectedEndOfString: "a closing quotation mark is missing",
	InvalidCommentToken: "comments are not allowed",
	InvalidSymbol: "text needs quotation marks",
};

/**
 * Reads a settings file, by key. Throws UserError CONFIGURATION_REFUSED, which names the file, the line and the column
 * or the key. A file that `isOptional` may be missing.
 */
export function readSettingsFile(
	path: string,
	{ keys, isOptional }: { keys: readonly string[]; isOptional: boolean },
): ReadonlyMap<string, FileValue> {
	const text = readText(path, isOptional);
	if (text === undefined) return new Map();
	const root = parse(path, text);
	const values = new Map<string, FileValue>();
	for (const { children: [key, value] = [], offset } of root.children ?? []) {
		const name = String(key?.value);
		const place = `${path}, line ${positionOf(text, offset).line}`;
		if (name === SCHEMA_KEY) continue;
		if (!keys.includes(name)) throw refused(`${place}: there is no setting "${name}".${didYouMean(name, keys)}`);
		if (values.has(name)) throw refused(`${place}: "${name}" appears twice. Remove one of the two.`);
		values.set(name, { value: value && JSON.parse(text.slice(value.offset, value.offset + value.length)), place });
	}
	return values;
}

function readText(path: string, isOptional: boolean): string | undefined {
	try {
		return decode(path, readFileSync(path));
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		const { code = "" } = cause as NodeJS.ErrnoException;
		const isMissing = code === "ENOENT" || code === "ENOTDIR";
		const isLink = code === "ENOENT" && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
		if (isMissing && isOptional && !isLink) return undefined;
		if (isLink) throw refused(`The settings file ${path} cannot be read: its link leads nowhere.`, cause);
		throw refused(`The settings file ${path} cannot be read: ${REASONS[code] ?? code}.`, cause);
	}
}

/** Notepad and PowerShell begin UTF-8 with a byte order mark, which is left out; PowerShell's ">" writes UTF-16. */
function decode(path: string, bytes: Buffer): string {
	try {
		if (bytes.includes(0)) throw new Error("UTF-16, or no text at all");
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (cause) {
		throw refused(`The settings file ${path} is not UTF-8. Save it as UTF-8 in the editor.`, cause);
	}
}

function parse(path: string, text: string): Node {
	if (text.trim() === "") throw refused(`The settings file ${path} is empty. Delete it, or write {} into it.`);
	const errors: ParseError[] = [];
	const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
	const [first] = errors;
	if (first) {
		const { line, column } = positionOf(text, first.offset);
		const mistake = MISTAKES[printParseErrorCode(first.error)] ?? "this is not valid JSON";
		throw refused(`${path}, line ${line}, column ${column}: ${mistake}.`);
	}
	if (root?.type !== "object") throw refused(`${path}: the file must be one JSON object, such as {"port": 8470}.`);
	return root;
}

/** Both count from 1, as editors do. */
function positionOf(text: string, offset: number): { line: number; column: number } {
	const before = text.slice(0, offset).split("\n");
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function refused(sentence: string, cause?: unknown): UserError {
	return new UserError("CONFIGURATION_REFUSED", sentence, { exitCode: 2, cause });
}
