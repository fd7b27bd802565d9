import { mkdirSync, writeFileSync } from "node:fs";
import { LANGUAGES } from "../../protocol/language.ts";
import { startDrawing } from "../../station/printing/drawing.ts";
import { bitmapToPng } from "../fixtures/bitmap-png.ts";
import { fullPaperIn, paperIn } from "../fixtures/papers.ts";

mkdirSync("/tmp/pr/out", { recursive: true });
const width = process.argv[2] === "384" ? 384 : 576;
const drawing = startDrawing({
	workerUrl: new URL("../../station/printing/drawing-worker.ts", import.meta.url),
	languagesDirectory: "/work/main/resources/languages",
	width,
	onMissing: (m) => console.log("missing", m),
});
for (const language of LANGUAGES) {
	const t = performance.now();
	const a = await drawing.draw(paperIn(language));
	const first = performance.now() - t;
	const b = await drawing.draw(fullPaperIn(language));
	const times: number[] = [];
	for (let i = 0; i < 60; i++) {
		const s = performance.now();
		await drawing.draw(
			paperIn(language, { number: `A${String(100 + i)}`, ahead: i, code: `7Q2K9FXM${i}`.slice(0, 10).padEnd(10, "0") }),
		);
		times.push(performance.now() - s);
	}
	times.sort((x, y) => x - y);
	console.log(
		language,
		a.height,
		b.height,
		"first",
		first.toFixed(1),
		"p50",
		times[30]?.toFixed(1),
		"max",
		times.at(-1)?.toFixed(1),
		"rss",
		Math.round(process.memoryUsage.rss() / 1e6),
	);
	writeFileSync(`/tmp/pr/out/${language}-${width}.png`, bitmapToPng(a));
	writeFileSync(`/tmp/pr/out/${language}-${width}-full.png`, bitmapToPng(b));
}
await drawing.close();
