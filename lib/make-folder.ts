import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** As mkdir's own `recursive`, which never returns for a folder that cannot be, such as one in /proc (Node 24). */
export function makeFolder(path: string): void {
	const folder = resolve(path);
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	mkdirSync(folder);
}
