import { extname, join } from "node:path";
import type { Env, Hono } from "hono";
import { type AnswerFile, shareFiles } from "./shared-files.ts";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".woff2": "font/woff2",
	".png": "image/png",
	".opus": "audio/ogg",
	".ogg": "audio/ogg",
	".wav": "audio/wav",
};

/** Names that the build writes: a single path segment, so that no request can leave the folder. */
const ASSET_NAME = /^[\w.-]+$/;

/** Serves the built pages: one page per screen, and the assets whose names hold their content's hash. */
export function serveStaticFiles<E extends Env>(app: Hono<E>, folder: string, screens: readonly string[]): void {
	const answerFile = shareFiles();
	for (const screen of screens) {
		app.get(`/${screen}`, async (context) => {
			const page = await readPage(folder, screen, answerFile);
			return page ?? context.notFound();
		});
	}
	app.get("/assets/:name", async (context) => {
		const name = context.req.param("name");
		if (!ASSET_NAME.test(name) || name.startsWith(".")) return context.notFound();
		const asset = await readBuilt(join(folder, "assets", name), answerFile);
		asset?.headers.set("cache-control", "public, max-age=31536000, immutable");
		return asset ?? context.notFound();
	});
}

/** The page of a screen; undefined where it was not built. */
export function readPage(folder: string, screen: string, answerFile: AnswerFile): Promise<Response | undefined> {
	return readBuilt(join(folder, screen, "index.html"), answerFile);
}

async function readBuilt(file: string, answerFile: AnswerFile): Promise<Response | undefined> {
	const type = MEDIA_TYPES[extname(file)];
	return type === undefined ? undefined : answerFile(file, { "content-type": type, "cache-control": "no-cache" });
}
