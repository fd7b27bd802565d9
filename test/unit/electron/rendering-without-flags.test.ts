import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startRendering } from "../../../station/printing/render/start-rendering.ts";
import { top } from "../../e2e/shell/running-shell.ts";
import { paperIn } from "../../fixtures/sample-papers.ts";

const worker = pathToFileURL(join(top, "station/printing/render/render-worker.ts"));

/** The worker as it finds itself in a program whose V8 takes no flags. */
const withoutFlags = new URL(
	`data:text/javascript,${encodeURIComponent(`
import { syncBuiltinESMExports } from "node:module";
import v8 from "node:v8";
v8.setFlagsFromString = () => {
	throw new Error("no flags here");
};
syncBuiltinESMExports();
await import(${JSON.stringify(worker.href)});`)}`,
);

test("where V8 takes no flags, tickets are drawn all the same", async () => {
	const rendering = startRendering({
		workerUrl: withoutFlags,
		languagesDirectory: fileURLToPath(new URL("../../../resources/languages", import.meta.url)),
		width: 384,
	});
	onTestFinished(() => rendering.close());
	expect((await rendering.render(paperIn("en"))).height).toBeGreaterThan(0);
});
