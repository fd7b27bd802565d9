import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const TOP = fileURLToPath(new URL("..", import.meta.url));

export interface StationProcess {
	origin: URL;
	kioskKey: string;
	/** From the process's start to its ready line, in milliseconds. */
	readyAfter: number;
	folder: string;
	/** Resident memory of the process, in MB. */
	residentMegabytes(): number;
	end(): Promise<void>;
}

/** The built station as its own process, in a folder of its own. `printer` may name that folder as {folder}. */
export async function startStation(printer: string, more: readonly string[] = []): Promise<StationProcess> {
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const flags = [
		"--data",
		join(folder, "data"),
		"--printer",
		printer.replace("{folder}", folder),
		"--port",
		"0",
		"--headless",
		"--log-level",
		"error",
		"--outside-hours",
		"issue",
		"--first-start",
		"skip",
		...more,
	];
	const began = performance.now();
	const child = spawn(process.execPath, [join(TOP, "bin/paihao.mjs"), "station", ...flags], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	const readyAfter = performance.now() - began;
	const { kiosk, pid } = JSON.parse(line) as { kiosk: string; pid: number };
	const url = new URL(kiosk);
	return {
		origin: new URL(url.origin),
		kioskKey: new URLSearchParams(url.hash.slice(1)).get("key") ?? "",
		readyAfter,
		folder,
		residentMegabytes: () => residentMegabytes(pid),
		async end() {
			child.kill("SIGTERM");
			await once(child, "exit");
			rmSync(folder, { recursive: true });
		},
	};
}

/** Linux tells a process's resident pages; elsewhere this figure is not taken. */
export function residentMegabytes(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
