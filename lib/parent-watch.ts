import { readFileSync } from "node:fs";

const POLL_INTERVAL_MS = 500;

/**
 * Calls `onEnd` once when the program that started this one has ended: npm and npx, which hand no signal on, or our own
 * launcher (bin/node24.mjs). A station that was started from a shell or by a supervisor is not watched: there it may
 * outlive its parent. Returns the way to stop.
 */
export function watchParent(env: Readonly<Record<string, string | undefined>>, onEnd: () => void): () => void {
	const isUnderNpm = env.npm_command !== undefined;
	if (!isUnderNpm && env[LAUNCHED] === undefined) return () => {};
	const ancestors = isUnderNpm ? ancestorsUpToNpm() : [process.ppid];
	const timer = setInterval(() => {
		if (ancestors.every((pid, index) => parentOf(ancestors[index - 1]) === pid)) return;
		clearInterval(timer);
		onEnd();
	}, POLL_INTERVAL_MS);
	timer.unref();
	return () => clearInterval(timer);
}

/** Set by the launcher for the program that it starts. */
export const LAUNCHED = "PAIHAO_LAUNCHED";

/** From this program's parent to npm: there may be a shell and the launcher between. Elsewhere than on Linux the parent alone. */
function ancestorsUpToNpm(): number[] {
	const ancestors = [process.ppid];
	for (let pid: number | undefined = process.ppid; pid !== undefined && !isNpm(pid); ) {
		pid = parentOf(pid);
		if (pid === undefined || pid <= 1) return [process.ppid];
		ancestors.push(pid);
	}
	return ancestors;
}

/** npm calls its process "npm exec paihao station". */
function isNpm(pid: number): boolean {
	return /^np[mx]\b|\/np[mx](-cli\.js)?\b/.test(read(pid, "cmdline")?.split("\0").slice(0, 2).join(" ") ?? "");
}

/** Of this program where none is named. Undefined where that cannot be told, or the process has ended. */
function parentOf(pid: number | undefined): number | undefined {
	if (pid === undefined) return process.ppid;
	// "PID (NAME) STATE PPID ...": the name may have spaces and brackets.
	const stat = read(pid, "stat");
	const parent = Number(stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
	return Number.isInteger(parent) ? parent : undefined;
}

function read(pid: number, name: string): string | undefined {
	try {
		return readFileSync(`/proc/${pid}/${name}`, "utf8");
	} catch {
		return undefined;
	}
}
