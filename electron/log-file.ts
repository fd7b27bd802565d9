import { join } from "node:path";
import type { App } from "electron";
import { openRotatingFile } from "../lib/rotating-file.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 7;

/**
 * Where an installed shell writes its log: on Windows and macOS a program without a terminal has no standard error that
 * anybody keeps. Undefined elsewhere: there the log is on standard error, which the session's journal keeps.
 */
export function openShellLogFile(
	app: Pick<App, "isPackaged" | "getPath">,
	platform: NodeJS.Platform,
): { write(line: string): void } | undefined {
	if (!app.isPackaged || platform === "linux") return undefined;
	return openRotatingFile(join(app.getPath("userData"), "logs", "paihao.log"), { maxBytes: MAX_BYTES, kept: KEPT });
}
