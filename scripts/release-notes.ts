// `node scripts/release-notes.ts v0.2.0` prints that version's section of CHANGELOG.md. It imports nothing: the release
// job runs it before anything is installed.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The text below "## [VERSION]" up to the next such heading, trimmed; undefined where there is no such section. */
export function notesOf(changelog: string, version: string): string | undefined {
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((one) => one.startsWith(`[${version}]`));
	return section?.split("\n").slice(1).join("\n").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const root = dirname(dirname(fileURLToPath(import.meta.url)));
	const version = (process.argv[2] ?? "").replace(/^v/, "");
	const notes = notesOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);
	if (notes) console.log(notes);
	else {
		console.error(`CHANGELOG.md has no section [${version}]. Add it before you tag.`);
		process.exitCode = 1;
	}
}
