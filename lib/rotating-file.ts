import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export interface RotatingFileOptions {
	/** A file that has grown to this is put away, and a new one begun. */
	maxBytes: number;
	/** How many that were put away stay: FILE.1 is the youngest. */
	kept: number;
}

/**
 * A file for lines that no service of the system keeps. Each line is in it when `write` returns. Never throws: a full
 * disk loses lines, and must not stop the program that writes them.
 */
export function openRotatingFile(file: string, { maxBytes, kept }: RotatingFileOptions): { write(line: string): void } {
	let opened: { descriptor: number; bytes: number } | undefined;
	const open = () => {
		mkdirSync(dirname(file), { recursive: true });
		const descriptor = openSync(file, "a", 0o600);
		return { descriptor, bytes: fstatSync(descriptor).size };
	};
	const putAway = (descriptor: number) => {
		closeSync(descriptor);
		opened = undefined;
		for (let number = kept; number > 0; number -= 1)
			tryRename(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`);
	};
	return {
		write(line) {
			try {
				opened ??= open();
				opened.bytes += writeSync(opened.descriptor, line);
				if (opened.bytes >= maxBytes) putAway(opened.descriptor);
			} catch {
				// The next line tries again.
			}
		},
	};
}

/** One that is missing, or that another program has open on Windows, stays. */
function tryRename(from: string, to: string): void {
	try {
		renameSync(from, to);
	} catch {
		// The file goes on growing, or a gap stays in the row.
	}
}
