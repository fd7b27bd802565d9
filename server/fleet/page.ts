import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { ServerApp } from "../door/door.ts";

/** The built page and the assets whose names hold their content's hash. */
export function serveFleetPage(app: ServerApp, screens: string): void {
	app.get("/", (context) => context.redirect("/fleet"));
	app.get("/fleet", async (context) => {
		const page = await readFile(join(screens, "fleet", "index.html"), "utf8").catch(() => undefined);
		return page === undefined ? context.notFound() : context.html(page);
	});
	app.use("/assets/*", serveStatic({ root: screens }));
}
