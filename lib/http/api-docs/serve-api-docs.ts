import type { Env, Hono } from "hono";
import type { OpenApiDocument } from "../openapi.ts";
import { renderApiDocs } from "./page.ts";
import { API_DOCS_STYLE } from "./style.ts";

/** Serves an API's description below its prefix: openapi.json for programs, docs for people. */
export function serveApiDocs<E extends Env>(
	app: Hono<E>,
	prefix: string,
	description: () => Promise<OpenApiDocument>,
): void {
	const [page, style, document] = [`${prefix}/docs`, `${prefix}/docs.css`, `${prefix}/openapi.json`];
	app.get(document, async (context) => context.json(await description()));
	app.get(page, async (context) => context.html(renderApiDocs(await description(), { style, document })));
	app.get(style, (context) => context.body(API_DOCS_STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
}
