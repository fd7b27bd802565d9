import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "../../../lib/log.ts";
import { openRotatingFile } from "../../../lib/rotating-file.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("lines go on in the file that is there; one that has grown is put away, and the oldest goes", () => {
	const folder = join(emptyFolder(), "logs");
	const file = join(folder, "paihao.log");
	for (const name of ["a", "b", "c", "d", "e", "f", "g"])
		openRotatingFile(file, { maxBytes: 8, kept: 2 }).write(`${name}23\n`);
	expect(readdirSync(folder).sort()).toEqual(["paihao.log", "paihao.log.1", "paihao.log.2"]);
	expect(readFileSync(file, "utf8")).toBe("g23\n");
	expect(readFileSync(`${file}.1`, "utf8")).toBe("e23\nf23\n");
	expect(readFileSync(`${file}.2`, "utf8")).toBe("c23\nd23\n");
});

test("a log is written there, whole lines of JSON", () => {
	const file = join(emptyFolder(), "paihao.log");
	openLog("info", openRotatingFile(file, { maxBytes: 1_000, kept: 1 })).info({ event: "shell.started" }, "hello");
	expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ level: 30, event: "shell.started", msg: "hello" });
});

test("a place that cannot be written stops nobody", () => {
	const folder = emptyFolder();
	mkdirSync(join(folder, "paihao.log"));
	const file = openRotatingFile(join(folder, "paihao.log"), { maxBytes: 8, kept: 1 });
	expect(() => file.write("lost\n")).not.toThrow();
});
