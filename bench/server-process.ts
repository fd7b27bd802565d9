import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { TOP } from "./station-process.ts";

export interface BenchServer {
	/** The process that answers, without its PostgreSQL. */
	pid: number;
	origin: string;
	data: string;
	database: string;
	end(): Promise<void>;
}

/**
 * The built server as its own process, with a PostgreSQL of its own, in an empty folder. `isBackground` gives it and its
 * PostgreSQL the lowest priority: in production they run on another machine.
 */
export async function startServer({ isBackground = false } = {}): Promise<BenchServer> {
	const data = mkdtempSync(join(tmpdir(), "paihao-bench-server-"));
	chmodSync(data, 0o755);
	const flags = ["--data", data, "--port", "0", "--log-level", "error"];
	const command = [process.execPath, join(TOP, "bin/paihao.mjs"), "server", ...flags];
	const [program = "", ...argv] = isBackground ? ["nice", "-n", "19", ...command] : command;
	const child = spawn(program, argv, { stdio: ["ignore", "pipe", "inherit"] });
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return {
		pid: Number(child.pid),
		origin: (JSON.parse(line) as { server: string }).server,
		data,
		database: readFileSync(join(data, "database-address"), "utf8").trim(),
		async end() {
			child.kill("SIGTERM");
			await once(child, "exit");
			rmSync(data, { recursive: true, force: true });
		},
	};
}

/** An enrolment code for a site's station. */
export async function makeCode({ data }: BenchServer, site: string): Promise<string> {
	const child = spawn(process.execPath, [
		join(TOP, "bin/paihao.mjs"),
		"server",
		"code",
		"--data",
		data,
		"--site",
		site,
	]);
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return (JSON.parse(line) as { code: string }).code;
}
