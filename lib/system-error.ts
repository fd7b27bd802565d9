import { DrizzleQueryError } from "drizzle-orm";
import { UserError } from "./errors.ts";

/** What a person can do about the operating system's errors, by its codes and SQLite's. */
const SENTENCES: ReadonlyArray<readonly [codes: RegExp, code: string, sentence: (path: string) => string]> = [
	[
		/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/,
		"DISK_FULL",
		(path) => `The disk is full${path}. Free some space, then try again.`,
	],
	[
		/^(EACCES|EPERM|SQLITE_PERM|SQLITE_AUTH)$/,
		"PERMISSION_DENIED",
		(path) => `This user has no permission${path}. Give it the rights, or use another user.`,
	],
	[
		/^(EROFS|SQLITE_READONLY.*)$/,
		"READ_ONLY",
		(path) => `The disk is read-only${path}. Name a folder on a disk that can be written.`,
	],
	[/^(EMFILE|ENFILE)$/, "TOO_MANY_FILES", () => "The system allows no more open files. Raise the limit (ulimit -n)."],
	[
		/^(EIO|SQLITE_IOERR.*)$/,
		"DISK_FAILED",
		(path) => `The disk reports an error${path}. Check the disk, and that there is space.`,
	],
	[/^(ENOENT|ENOTDIR|EISDIR)$/, "PATH_WRONG", (path) => `There is no such file or folder${path}. Check the name.`],
];

const WRITE_FAILURES: Readonly<Record<string, string>> = {
	ENOENT: "there is no such folder",
	ENOTDIR: "there is no such folder",
	EISDIR: "a folder has this name",
	EACCES: "this user may not write there",
	EPERM: "this user may not write there",
	EROFS: "the disk is read-only",
	ENOSPC: "the disk is full",
	EDQUOT: "the disk is full",
	ENAMETOOLONG: "its name is too long",
};

/** Why a file could not be written, as a part of a sentence. */
export function whyNotWritten(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code = "" } = error as NodeJS.ErrnoException;
	return WRITE_FAILURES[code] ?? error.message;
}

/** Whether this user has no right to a file. */
export function isForbidden(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}

/** An error of the operating system as a sentence; any other error as it is. */
export function asSystemUserError(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof UserError) return error;
	if (error instanceof DrizzleQueryError) return asSystemUserError(error.cause);
	const { code, path, syscall } = error as NodeJS.ErrnoException;
	const known = typeof code === "string" ? SENTENCES.find(([codes]) => codes.test(code)) : undefined;
	// "No such file" is a person's mistake only where a path was opened or made.
	if (!known || (known[1] === "PATH_WRONG" && syscall !== "open" && syscall !== "mkdir")) return error;
	return new UserError(known[1], known[2](path === undefined ? "" : `: ${path}`), { cause: error });
}
