import type { Plugin } from "vite";

/**
 * The font packages' own sheets say `font-display: swap`, which draws a text with the system's glyphs until ours are
 * here. With `block` nothing is drawn for that moment.
 */
export function fontsBlock(): Plugin {
	return {
		name: "fonts-block",
		enforce: "post",
		generateBundle(_options, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
				file.source = String(file.source).replaceAll(/font-display:\s*swap/g, "font-display:block");
			}
		},
	};
}
