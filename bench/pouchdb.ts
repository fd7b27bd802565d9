import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { TOP } from "./station-process.ts";

const PEERS = join(TOP, "bench/peers");

/** Documents a second that PouchDB replicates to an express-pouchdb of its own process: the peer of our sync. */
export async function replicateByPouchDb(documents: readonly object[]): Promise<number> {
	// A package of its own: what is only measured beside the product is not installed with it.
	if (!existsSync(join(PEERS, "node_modules")))
		spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: PEERS, stdio: "ignore" });
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-pouchdb-"));
	const file = join(folder, "documents.json");
	writeFileSync(file, JSON.stringify(documents));
	mkdirSync(join(folder, "server"));
	const server = spawn(process.execPath, [join(PEERS, "server.mjs"), join(folder, "server")], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	try {
		const { port } = await firstLine<{ port: number }>(server.stdout);
		const address = `http://127.0.0.1:${port}/station`;
		const client = spawn(process.execPath, [join(PEERS, "client.mjs"), folder, address, file], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const { written, perSecond } = await firstLine<{ written: number; perSecond: number }>(client.stdout);
		if (written !== documents.length) throw new Error(`PouchDB replicated ${written} of ${documents.length}.`);
		return perSecond;
	} finally {
		server.kill("SIGTERM");
		await once(server, "exit");
		rmSync(folder, { recursive: true });
	}
}

async function firstLine<Said>(output: NodeJS.ReadableStream): Promise<Said> {
	const [line] = (await once(createInterface(output), "line")) as [string];
	return JSON.parse(line) as Said;
}
