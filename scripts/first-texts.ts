import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const QUERY = "?first";

/**
 * `import texts from "language.json?first"` takes only the keys that a page needs before it can load the language's
 * whole file, so that its JavaScript does not carry the rest.
 */
export function firstTexts(keys: RegExp): Plugin {
	return {
		name: "first-texts",
		enforce: "pre",
		async load(id) {
			if (!id.endsWith(`.json${QUERY}`)) return null;
			const file = id.slice(0, -QUERY.length);
			this.addWatchFile(file);
			const texts = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
			const first = Object.fromEntries(Object.entries(texts).filter(([key]) => keys.test(key)));
			return { code: `export default ${JSON.stringify(first)}`, moduleType: "js" };
		},
	};
}
