import { spawn } from "node:child_process";
import type { ProcessUser } from "./process-user.ts";

/**
 * Reads until the other end of its pipe is closed, which the kernel does however that program dies. Signals of a
 * terminal are for the program, which then ends PostgreSQL itself.
 */
const SCRIPT = `trap "" INT TERM HUP; read -r line; [ "$line" = ended ] || kill -INT "$1"`;

/**
 * Ends a PostgreSQL, or an initdb that makes its files, if this program dies without doing so: by SIGKILL, or by lack of memory. A shell waits beside it.
 * Call the function that it returns once PostgreSQL has ended. Windows has no such shell: there the next start ends it.
 */
export function endWithParent(pid: number, user: ProcessUser | undefined): () => void {
	if (process.platform === "win32") return () => {};
	const shell = spawn("/bin/sh", ["-c", SCRIPT, "paihao-postgres-guard", String(pid)], {
		cwd: "/",
		stdio: ["pipe", "ignore", "ignore"],
		...(user && { uid: user.uid, gid: user.gid }),
	});
	// Without a shell, or with one that was killed, the next start ends PostgreSQL.
	shell.on("error", () => {});
	shell.stdin.on("error", () => {});
	return () => void shell.stdin.end("ended\n");
}
