import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Makes a folder and its parents. mkdir's own `recursive` never returns for a folder that cannot exist, such as one in /proc (Node 24). */
export function makeFolder(path: string): void {
	const folder = resolve(path);
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	mkdirSync(folder);
}
