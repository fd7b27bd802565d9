import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what programs that were killed left in a folder. `pidOf` reads from a name which process made it; undefined for
 * a name of anybody else. What a process that runs has made stays.
 */
export function removeUnfinished(folder: string, pidOf: (name: string) => number | undefined): void {
	for (const name of readdirSync(folder)) {
		const pid = pidOf(name);
		if (pid !== undefined && !isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
	}
}

/** The same for the unfinished parts of a file: `NAME.PID.part` beside it. */
export function removeUnfinishedOf(folder: string, file: string): void {
	removeUnfinished(folder, (name) => {
		const [, whole, pid] = /^(.+)\.(\d+)\.part$/.exec(name) ?? [];
		return whole === file ? Number(pid) : undefined;
	});
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Another user's process runs too.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
