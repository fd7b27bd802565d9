import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// As Node, which is how the product asks whether the program starts at all.
if (process.env.ELECTRON_RUN_AS_NODE === "1") process.exit(0);

const appFolder = resolve(process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? ".");
const { main } = JSON.parse(readFileSync(join(appFolder, "package.json"), "utf8")) as { main: string };

registerHooks({
	resolve: (specifier, context, next) =>
		specifier === "electron"
			? { url: new URL("electron-module.ts", import.meta.url).href, shortCircuit: true }
			: next(specifier, context),
});

const { becomeReady } = await import("./electron-module.ts");
// As in Electron: ready only when the main module has run to its end, so one that awaits being ready never is.
await import(pathToFileURL(join(appFolder, main)).href);
await becomeReady();
