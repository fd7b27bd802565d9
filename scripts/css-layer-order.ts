import type { Plugin } from "vite";

/**
 * The order of the style layers, weakest first, at the top of every style file. Layers rank as they are first named,
 * and how a bundler cuts shared styles into files, and in which order a page links them, is nothing to build on: with
 * the order in one file alone, one more import has let what all screens have in common win against the screens.
 */
export function layersFirst(layers: readonly string[]): Plugin {
	const order = `@layer ${layers.join(",")};`;
	return {
		name: "layers-first",
		enforce: "post",
		generateBundle(_options, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = `${order}${file.source}`;
			}
		},
	};
}
