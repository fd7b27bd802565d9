import type { Plugin } from "vite";

/**
 * A script of a page that stands beside the page's program and shares nothing with it, so that it runs where the
 * program does not. Two scripts in the page's own text would be made into one.
 */
export function besideProgram(page: string, script: string, name: string): Plugin {
	return {
		name: "beside-program",
		apply: "build",
		buildStart() {
			this.emitFile({ type: "chunk", id: script, name });
		},
		transformIndexHtml: {
			order: "post",
			handler(_html, { path, bundle }) {
				if (path !== page) return [];
				const chunk = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.name === name);
				if (!chunk) throw new Error(`There is no ${name} beside ${page}.`);
				const src = `../${chunk.fileName}`;
				return [{ tag: "script", attrs: { type: "module", crossorigin: true, src }, injectTo: "body" }];
			},
		},
	};
}
