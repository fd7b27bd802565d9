import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DAY_MS } from "../lib/time/durations.ts";

/** Electron's program on this machine, or why the shell cannot run here. */
export type FoundElectron = { kind: "found"; program: string } | { kind: "absent"; because: string };

const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
	linux: "electron",
	win32: "electron.exe",
	darwin: "Electron.app/Contents/MacOS/Electron",
};

const FETCH_TIMEOUT_MS = 20_000;
const SETUID = 0o4000;

/**
 * Looks for Electron's program where its npm package keeps it, and where it is missing tries to
 * fetch it: for twenty seconds, and not again on the same day. Never imports the package, which
 * outside Electron always downloads.
 */
export async function findElectron(top: string, env: NodeJS.ProcessEnv): Promise<FoundElectron> {
	const packageFolder = join(top, "node_modules", "electron");
	const program = electronProgram(packageFolder, env);
	if (!existsSync(program)) {
		if (!existsSync(packageFolder)) return { kind: "absent", because: "Electron is not installed" };
		const fetched = await fetchOnceADay(packageFolder, join(top, "node_modules/.cache/paihao/electron-not-fetched"));
		if (!fetched || !existsSync(program)) {
			return { kind: "absent", because: "Electron's program could not be downloaded" };
		}
	}
	if (!starts(program)) return { kind: "absent", because: "Electron's program does not start on this machine" };
	if (!canSandbox(program)) return { kind: "absent", because: "this system does not let Electron use its sandbox" };
	return { kind: "found", program };
}

/** Where the program is, or would be: as the package itself computes it. */
export function electronProgram(packageFolder: string, env: NodeJS.ProcessEnv): string {
	const pathFile = join(packageFolder, "path.txt");
	const name = existsSync(pathFile)
		? readFileSync(pathFile, "utf8").trim()
		: (PROGRAMS[process.platform] ?? "electron");
	return join(env.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, "dist"), name);
}

async function fetchOnceADay(packageFolder: string, failureStamp: string): Promise<boolean> {
	const failedAt = statSync(failureStamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (Date.now() - failedAt < DAY_MS) return false;
	const fetched = await new Promise<boolean>((resolve) => {
		const child = spawn(process.execPath, [join(packageFolder, "install.js")], {
			stdio: "ignore",
			timeout: FETCH_TIMEOUT_MS,
			killSignal: "SIGKILL",
		});
		child.on("error", () => resolve(false));
		child.on("exit", (code) => resolve(code === 0));
	});
	if (!fetched) rememberFailure(failureStamp);
	return fetched;
}

/** In a checkout that belongs to another user nothing is remembered: the next start tries again. */
function rememberFailure(stamp: string): void {
	try {
		mkdirSync(dirname(stamp), { recursive: true });
		writeFileSync(stamp, "Electron's program could not be downloaded. Delete this file to try again today.\n");
	} catch {
		// Read-only.
	}
}

/** Libraries that a bare system lacks show here, before a window is promised. */
function starts(program: string): boolean {
	const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
	return spawnSync(program, ["-e", "0"], { env, stdio: "ignore", timeout: 10_000 }).status === 0;
}

/** Linux: the sandbox needs user namespaces, which some systems keep from programs they do not know, or a setuid helper. */
function canSandbox(program: string): boolean {
	if (process.platform !== "linux" || process.getuid?.() === 0) return true;
	const helper = statSync(join(dirname(program), "chrome-sandbox"), { throwIfNoEntry: false });
	const setuidRoot = helper !== undefined && helper.uid === 0 && (helper.mode & SETUID) !== 0;
	return (
		setuidRoot ||
		(kernelSays("apparmor_restrict_unprivileged_userns") !== "1" && kernelSays("unprivileged_userns_clone") !== "0")
	);
}

function kernelSays(name: string): string | undefined {
	try {
		return readFileSync(`/proc/sys/kernel/${name}`, "utf8").trim();
	} catch {
		return undefined;
	}
}
