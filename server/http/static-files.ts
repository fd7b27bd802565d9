import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { ServerApp } from "./server-app.ts";

/** The built pages (IT's, and the one for visitors' phones) and the assets whose names hold their content's hash. */
export function servePages(app: ServerApp, screens: string): void {
	app.get("/", (context) => context.redirect("/fleet"));
	for (const screen of ["fleet", "phone"])
		app.get(`/${screen}`, async (context) => {
			const page = await readFile(join(screens, screen, "index.html"), "utf8").catch(() => undefined);
			if (page === undefined) return context.notFound();
			return context.html(page, 200, { "cache-control": "no-cache" });
		});
	app.use(
		"/assets/*",
		serveStatic({
			root: screens,
			onFound: (_, context) => context.header("cache-control", "public, max-age=31536000, immutable"),
		}),
	);
}
