import { readFileSync } from "node:fs";

const EVENT = "stand-in:expose";

/** Runs in the page's world first: takes what the preload exposes. Worlds share events, not objects. */
export const RECEIVER = `addEventListener("${EVENT}", (event) => {
	const { name, value } = JSON.parse(event.detail);
	Object.defineProperty(globalThis, name, { value: Object.freeze(value), enumerable: true });
});`;

/** The built preload as a script for the isolated world, with the two things a sandboxed preload has. */
export function isolated(preload: string): string {
	return `{
	const contextBridge = {
		exposeInMainWorld: (name, value) =>
			dispatchEvent(new CustomEvent("${EVENT}", { detail: JSON.stringify({ name, value }) })),
	};
	const require = (name) => {
		if (name === "electron") return { contextBridge };
		throw new Error("a sandboxed preload has no " + name);
	};
	((require, exports, module) => {${readFileSync(preload, "utf8")}\n})(require, {}, {});
}`;
}
