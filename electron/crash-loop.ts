import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const WINDOW_MS = 10 * 60_000;
/** So many starts in ten minutes without a clean end between them are chance. */
const HARMLESS_STARTS = 3;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long a start waits, after the starts of before that none ended cleanly; times in milliseconds. */
export function pauseBeforeStart(starts: readonly number[], now: number): number {
	// A clock that was set back leaves starts in the future: they say nothing.
	const recent = starts.filter((start) => start <= now && now - start < WINDOW_MS).length;
	if (recent < HARMLESS_STARTS) return 0;
	return Math.min(FIRST_PAUSE_MS * 2 ** (recent - HARMLESS_STARTS), LONGEST_PAUSE_MS);
}

export interface CrashLoop {
	/** Notes this start, and returns how long it must wait. */
	noteStart(now: number): number;
	/** The program ends as it was told to: the next start is a first one. */
	noteCleanEnd(): void;
}

const startsSchema = z.array(z.number());
const KEPT_STARTS = 20;

/** Counts the starts in a file: each crash ends the program that would otherwise count. */
export function openCrashLoop(file: string): CrashLoop {
	return {
		noteStart(now) {
			const starts = readStarts(file);
			try {
				writeFileSync(file, JSON.stringify([...starts, now].slice(-KEPT_STARTS)));
			} catch {
				// A full disk: nothing is counted, and nothing waits.
			}
			return pauseBeforeStart(starts, now);
		},
		noteCleanEnd: () => rmSync(file, { force: true }),
	};
}

function readStarts(file: string): number[] {
	try {
		return startsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
	} catch {
		return [];
	}
}

/** What the window says while it waits. */
export const CRASH_LOOP_PAGE = `data:text/html;charset=utf-8,${encodeURIComponent(`<!doctype html><html lang="zh-Hans"><meta charset="utf-8">
<style>html{height:100%;background:#f4f6f4;color:#10251f;font:28px/1.5 "Noto Sans SC","Noto Sans",sans-serif;cursor:default;user-select:none}
body{margin:0;height:100%;display:grid;place-content:center;text-align:center;gap:.5em}h1{margin:0;font-size:2em}p{margin:0}</style>
<h1><span lang="zh-Hans">本机暂停服务</span><br><span lang="en">This kiosk is out of service</span></h1>
<p><span lang="zh-Hans">程序多次出错，稍后自动重试。请找工作人员帮忙</span><br>
<span lang="en">It failed several times and will try again by itself. Please ask a member of staff</span></p></html>`)}`;
