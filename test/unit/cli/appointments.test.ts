import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../../lib/errors.ts";
import { runInProcess } from "../../fixtures/command-line.ts";
import { openTestStation } from "../../fixtures/station.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

const TABLE = "code,time,topic\nHY-2041,2026-11-23 10:30,work-permit\n";
const MB = 1_048_576;

/** A running station, and the command beside it. */
async function openImports() {
	const { folder, call, signIn } = await openTestStation();
	const token = await signIn("1", "Chen", "supervisor");
	const path = (name: string) => join(folders, name);
	const folders = emptyFolder();
	const write = (name: string, content: string | Uint8Array) => writeFileSync(path(name), content);
	const run = async (name: string, ...words: string[]) =>
		JSON.parse(await runInProcess(["appointments", "import", path(name), "--data", folder, "--json", ...words]));
	const refusalOf = async (name: string): Promise<string> => {
		try {
			return `It was read: ${JSON.stringify(await run(name))}`;
		} catch (error) {
			if (error instanceof UserError) return `${error.code} ${error.message}`;
			throw error;
		}
	};
	const visits = async () => (await call("GET", "/api/visits", { token })).body;
	const say = (name: string, ...words: string[]) =>
		runInProcess(["appointments", "import", path(name), "--data", folder, ...words], { isTerminal: true });
	return { path, write, run, say, refusalOf, visits };
}

test("a dry run shows each booking as it was read, and what is left out; on a terminal in sentences", async () => {
	const { write, run, say, visits } = await openImports();
	write(
		"list.csv",
		`${TABLE.trimEnd().replace("topic", "topic,status")},\nHY-2042,2026-11-24 下午2:45,work-permit,\nHY-2043,2026-11-24 15:00,work-permit,cancelled\nHY-2044,2026-11-24 15:15,work-permit,no-show\n`,
	);
	const before = await visits();
	expect(await run("list.csv", "--dry-run")).toMatchObject({
		bookings: [
			{ code: "HY-2041", time: "2026-11-23T10:30+08:00", topic: "work-permit" },
			{ code: "HY-2042", time: "2026-11-24T14:45+08:00", topic: "work-permit" },
		],
	});
	const said = await say("list.csv", "--dry-run");
	expect(said.split("\n").slice(0, 6)).toEqual([
		"Booked: 2. Cancelled: 1. This was a dry run: nothing was imported.",
		"  HY-2041  2026-11-23 10:30  work-permit",
		"  HY-2042  2026-11-24 14:45  work-permit",
		"Cancelled on line 4.",
		"1 left out:",
		expect.stringMatching(/^ {2}line 5: .*no-show/),
	]);
	expect(await visits()).toEqual(before);
	expect(await say("list.csv")).toMatch(/^Imported: 2 new or changed, 0 as they were, 0 withdrawn\.\n1 cancelled, but/);
});

const gb18030 = Buffer.from([0xd7, 0xa1, 0xb7, 0xbf]);
const lines = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

test("each bad file is refused with one sentence and its place, whatever its name says, and nothing changes", async () => {
	const { path, write, run, refusalOf, visits } = await openImports();
	write("good.csv", TABLE);
	expect(await run("good.csv")).toMatchObject({ kept: 1 });
	const before = await visits();

	const files: [string, string | Uint8Array, RegExp][] = [
		["workbook.csv", lines(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), "xl/workbook.xml"), /zip file/],
		["old-workbook.csv", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), /old Excel workbook/],
		["print.ics", "%PDF-1.7\n", /PDF/],
		["page.xls.csv", "<html><table><tr><td>code</td></tr></table>", /web page/],
		["picture.ics", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), /Line 3 holds a zero byte/],
		["table.ics", "name,address\nDoe,x\n", /Its columns are: name, address/],
		["calendar.csv", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n", /VEVENT of line 2 is not closed/],
		["half-a-row.csv", `${TABLE}HY-2042,2026-11-23`, /line 3, column time.*"2026-11-23"/],
		["half-a-quote.csv", `${TABLE}"HY-2042,2026-11-23 10:45,work-permit\n`, /line \d/],
		[
			"five-encodings.csv",
			lines(
				...["\ufeff", TABLE, "HY-2042,2026-11-23 10:45,住房登记\nHY-2043,2026-11-23 11:00,", gb18030],
				...["\nHY-2044,2026-11-23 11:15,", Uint8Array.of(0xe9, 0xe8), "\nHY-2045,2026-11-23 11:30,"],
				...[Uint8Array.of(0x8f, 0x5a, 0x96), "\nHY-2046,2026-11-23 11:45,", Buffer.from("work", "utf16le"), "\n"],
			),
			/Line \d/,
		],
		["nothing.csv", "", /empty/],
	];
	for (const [name, content] of files) write(name, content);
	// No memory holds the second: it must be refused before it is read.
	for (const [name, size] of [
		["huge.csv", 100],
		["vast.csv", 5_120],
	] as const) {
		write(name, "");
		truncateSync(path(name), size * MB);
		files.push([name, "", new RegExp(`has ${size} MB; a list may have 32 MB at most`)]);
	}
	files.push(["no-such-file.csv", "", /cannot be read/]);
	if (process.platform !== "win32") {
		symlinkSync("/dev/zero", path("endless.csv"));
		files.push(["endless.csv", "", /has 33 MB; a list may have 32 MB at most/]);
	}

	for (const [name, , sentence] of files) {
		const refusal = await refusalOf(name);
		expect.soft(refusal, name).toMatch(/^APPOINTMENTS_(INVALID|UNREADABLE) /);
		expect.soft(refusal, name).toMatch(sentence);
	}
	expect(await visits()).toEqual(before);
});

test.each([
	[["--day", "tomorrow"], /--day .*a day, such as 2026-11-30/],
	[["--day", "2026-02-30"], /--day .*a day, such as 2026-11-30/],
	[["--column", "code=time", "--column", "time=time"], /"time" is both code and time/],
	[["--column", "code"], /--column code must be one of/],
])("what is said of the list wrongly is refused before it is read: %j", async (words, sentence) => {
	const reading = runInProcess(["appointments", "import", "no-such-file.csv", "--data", "no-such-folder", ...words]);
	await expect(reading).rejects.toThrow(sentence);
});
