import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert, describe, expect, test } from "vitest";
import { makeProgram } from "../../cli/program.ts";
import { CODE_FOLDERS } from "../../scripts/import-rules.ts";
import { assetPathsUnder } from "../../station/app/asset-paths.ts";
import { TOP } from "../fixtures/station-folder.ts";

/* Holds the documents to the product: links, paths, commands and scripts that they name exist. */

const DOCUMENTS = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
	cwd: TOP,
	encoding: "utf8",
})
	.split("\n")
	// The changelog names what is gone.
	.filter((file) => file !== "" && file !== "CHANGELOG.md" && existsSync(join(TOP, file)));

/** Top folders that a path in backticks can begin with. */
const FOLDERS = [...CODE_FOLDERS, "docs", "models", "packaging", "resources", ".github", ".vscode"];
const PATH = new RegExp(`^(${FOLDERS.map((folder) => folder.replace(".", "\\.")).join("|")})/[\\w./@-]*$`);
/** A word in capitals is to be filled in: `resources/speech/TAG.json`. */
const PLACEHOLDER = /\b(TAG|NAME|LANGUAGE|SITE|DIR|FILE|ROOM)\b/;

const read = (file: string) => readFileSync(join(TOP, file), "utf8");
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

/** The anchors that GitHub makes of a document's headings. */
function anchorsOf(text: string): Set<string> {
	const headings = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm)];
	return new Set(
		headings.map(([, heading = ""]) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N}\s_-]/gu, "")
				.trim()
				.replace(/\s/g, "-"),
		),
	);
}

function brokenLinks(file: string): string[] {
	const targets = [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)];
	return targets
		.map(([, link, attribute]) => link ?? attribute ?? "")
		.filter((target) => !/^[a-z]+:/.test(target))
		.filter((target) => {
			const [path = "", anchor] = target.split("#");
			const found = path === "" ? file : join(dirname(file), path);
			if (!existsSync(join(TOP, found))) return true;
			return anchor !== undefined && !anchorsOf(read(found)).has(anchor);
		});
}

function missingPaths(file: string): string[] {
	const spans = [...read(file).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
	return spans
		.filter((span) => PATH.test(span) && !PLACEHOLDER.test(span))
		.filter((path) => !existsSync(join(TOP, path)));
}

/** The options of every command of `paihao`, sub-commands with their parent's name before theirs. */
async function commandsOf(): Promise<Map<string, Set<string>>> {
	const files = assetPathsUnder(TOP, "0.0.0");
	const program = await makeProgram({ env: {}, cwd: TOP, top: TOP, files, stdout: process.stdout });
	const entries = (command: typeof program, before: string): [string, Set<string>][] =>
		command.commands.flatMap((one) => [
			[`${before}${one.name()}`, new Set(one.options.map(({ long }) => long ?? ""))] as const,
			...entries(one, `${before}${one.name()} `),
		]);
	return new Map(entries(program, ""));
}

const COMMANDS = await commandsOf();
const SCRIPTS = new Set(Object.keys(JSON.parse(read("package.json")).scripts));
/** `npm install` and its like, which are no scripts of ours. */
const NPM_SCRIPT = /\bnpm run ([a-z][\w:-]*)/g;
/** In backticks or at the start of a line of code: elsewhere "paihao station" is prose. */
const PAIHAO = /(?:^|`|&& |\| |runuser -u [a-z-]+ -- )(?:npx )?paihao ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gm;

function unknownCommands(file: string): string[] {
	return [...read(file).matchAll(PAIHAO)]
		.filter(([, command = "", next]) => {
			if (command === "help") return false;
			const isGroup = [...COMMANDS.keys()].some((name) => name.startsWith(`${command} `));
			return !COMMANDS.has(command) || (isGroup && next !== undefined && !COMMANDS.has(`${command} ${next}`));
		})
		.map(([, command, next]) => [command, next].join(" "));
}

/** Options of commands in blocks of code that the command does not have. */
function unknownOptions(file: string): string[] {
	const lines = [...read(file).matchAll(/^(?:runuser -u [a-z-]+ -- )?(?:npx )?paihao ([a-z-]+(?: .+)?)$/gm)].map(
		([, line = ""]) => line,
	);
	return lines.flatMap((line) => {
		const words = line.split(/\s+/);
		const command = [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((name) => COMMANDS.has(name));
		const options = COMMANDS.get(command ?? "");
		return words.filter((word) => word.startsWith("--") && !options?.has(word)).map((word) => `${command} ${word}`);
	});
}

describe.each(DOCUMENTS)("%s", (file) => {
	test("names only what exists", () => {
		expect(brokenLinks(file), "links").toEqual([]);
		expect(missingPaths(file), "paths").toEqual([]);
		expect(unknownCommands(file), "commands of paihao").toEqual([]);
		expect(unknownOptions(file), "options of paihao").toEqual([]);
		const scripts = [...read(file).matchAll(NPM_SCRIPT)].map(([, name = ""]) => name);
		expect(
			scripts.filter((name) => !SCRIPTS.has(name)),
			"npm scripts",
		).toEqual([]);
	});
});

test("every rule of tickets names a test that is there", () => {
	const missing: string[] = [];
	for (const [, list = ""] of read("docs/internals/tickets.md").matchAll(/\*\(([^*]+)\)\*/g)) {
		let file = "";
		for (const entry of list.split("; ")) {
			const [, named, title = named === undefined ? entry : ""] =
				/^([\w/.-]+(?:\.ts|\/))(?:: (.*))?$/.exec(entry) ?? [];
			if (named !== undefined) file = named.startsWith("test/") ? named : `test/unit/station/${named}`;
			const isThere = existsSync(join(TOP, file)) && (title === "" || read(file).includes(title));
			if (!isThere) missing.push(`${file}: ${title}`);
		}
	}
	expect(missing).toEqual([]);
});

test("a slip is found", () => {
	assert(COMMANDS.has("server admin add"));
	expect(PATH.test("station/app/no-such-file.ts")).toBe(true);
	expect(SCRIPTS.has("prove")).toBe(false);
	expect(COMMANDS.has("trial")).toBe(false);
});
