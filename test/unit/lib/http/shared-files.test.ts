import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shareFiles } from "../../../../lib/http/shared-files.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

const HEADERS = { "content-type": "font/woff2" };

test("a hundred slow readers of a file hold it once", async () => {
	const file = join(emptyFolder(), "large.woff2");
	const size = 4 * 1024 * 1024;
	writeFileSync(file, Buffer.alloc(size, 1));
	const answerFile = shareFiles();
	const before = process.memoryUsage().arrayBuffers;
	const readers = await Promise.all(
		Array.from({ length: 100 }, async () => (await answerFile(file, HEADERS))?.body?.getReader()),
	);
	for (const reader of readers) expect((await reader?.read())?.value?.byteLength).toBeLessThan(100_000);
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(3 * size);
	await Promise.all(readers.map((reader) => reader?.cancel()));
});

test("a file is answered whole, and anew once it was written again", async () => {
	const file = join(emptyFolder(), "page.html");
	const answerFile = shareFiles();
	const read = async () => {
		const answer = await answerFile(file, HEADERS);
		return answer && { length: answer.headers.get("content-length"), text: await answer.text() };
	};
	expect(await read()).toBeUndefined();
	const long = "long ".repeat(50_000);
	for (const text of [long, "", "short"]) {
		writeFileSync(file, text);
		expect(await read()).toEqual({ length: String(text.length), text });
	}
});
