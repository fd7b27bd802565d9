import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../../cli/error-codes.ts";
import { referenceFiles } from "../../../cli/reference-files.ts";
import { SERVER_REFUSALS } from "../../../protocol/api/server-refusals.ts";
import { TOP } from "../../fixtures/station-folder.ts";

test.each(Object.entries(await referenceFiles(TOP)))(
	"%s is as the program's tables have it (node scripts/write-reference.ts)",
	(name, text) => {
		expect(readFileSync(join(TOP, name), "utf8")).toBe(text);
	},
);

test("every code of a UserError in the source is in the table of codes, and no other", () => {
	const rooms = ["cli", "db", "electron", "lib", "printer-simulator", "server", "station"];
	const source = rooms
		.flatMap((room) =>
			readdirSync(join(TOP, room), { recursive: true, encoding: "utf8" }).map((name) => join(TOP, room, name)),
		)
		.filter((file) => file.endsWith(".ts") && !file.endsWith("error-codes.ts"))
		.map((file) => readFileSync(file, "utf8"))
		.join("\n");
	const used = new Set([...source.matchAll(/new UserError\(\s*"([A-Z_]+)"/g)].map(([, code]) => code));
	const known = new Set([...Object.keys(ERROR_CODES), ...Object.keys(SERVER_REFUSALS)]);
	expect([...used].filter((code) => !known.has(String(code)))).toEqual([]);
	expect(Object.keys(ERROR_CODES).filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});
