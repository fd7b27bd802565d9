import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const NUMBER_BYTES = 4;
const WHAT = { nothing: 0, killed: 1, full: 2 } as const;

export const canStopAtWrites = process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;

/** Ends programs at a chosen change of their files, or has their disk be full from there on (stop-at-write.c). */
export function openWriteStop() {
	const place = mkdtempSync(join(tmpdir(), "paihao-stop-"));
	// PostgreSQL's own user reads both.
	chmodSync(place, 0o755);
	onTestFinished(() => rmSync(place, { recursive: true, force: true }));
	const library = join(place, "stop-at-write.so");
	const source = join(import.meta.dirname, "stop-at-write.c");
	const compiled = spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], { encoding: "utf8" });
	if (compiled.status !== 0) throw new Error(compiled.stderr);
	const file = join(place, "control");
	writeFileSync(file, Buffer.alloc(3 * NUMBER_BYTES));
	chmodSync(file, 0o666);
	const control = openSync(file, "r+");
	onTestFinished(() => closeSync(control));

	const write = (what: keyof typeof WHAT, changes: number) => {
		const numbers = Buffer.alloc(3 * NUMBER_BYTES);
		// What happens last: a program that runs must not see it with the number of before.
		numbers.writeInt32LE(changes, NUMBER_BYTES);
		writeSync(control, numbers, 0, numbers.length, 0);
		numbers.writeInt32LE(WHAT[what]);
		writeSync(control, numbers, 0, NUMBER_BYTES, 0);
	};
	return {
		/** For programs whose changes below the folder count. */
		env: (folder: string) => ({
			LD_PRELOAD: library,
			STOP_AT_WRITE_CONTROL: file,
			STOP_AT_WRITE_FOLDER: folder,
		}),
		/** The program that makes this change (the first is 1) is killed before it. */
		killAt: (change: number) => write("killed", change),
		/** From this change on there is no room. */
		fillAt: (change: number) => write("full", change),
		/** Nothing happens, and counting starts again. */
		rest: () => write("nothing", 0),
		/** Changes since the last of these calls. */
		made() {
			const numbers = Buffer.alloc(3 * NUMBER_BYTES);
			readSync(control, numbers, 0, numbers.length, 0);
			return numbers.readInt32LE(2 * NUMBER_BYTES);
		},
	};
}

export type WriteStop = ReturnType<typeof openWriteStop>;
