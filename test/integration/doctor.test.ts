import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Finding } from "../../cli/doctor/finding.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { canMountDisks, mountDisk } from "../fixtures/small-disk.ts";
import { runCommand, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

const flagsFor = (folder: string, port = "0") => [
	...["--data", join(folder, "data"), "--printer", `virtual:${join(folder, "paper")}`],
	...["--port", port, "--headless"],
];
async function examine(...args: string[]) {
	const { code, stdout, stderr } = await runCommand([...args, "--json"]);
	const findings = stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as Finding);
	return { code, stderr, found: Object.fromEntries(findings.map(({ check, ...rest }) => [check, rest])) };
}
const verdictsOf = (found: Record<string, { verdict: string }>) =>
	Object.fromEntries(Object.entries(found).map(([check, { verdict }]) => [check, verdict]));

test("the doctor of a station: a new machine, one that runs, and one with several faults", async () => {
	const folder = emptyFolder();
	const fresh = await examine("doctor", ...flagsFor(folder));
	expect(fresh).toMatchObject({ code: 0, stderr: "" });
	expect(verdictsOf(fresh.found)).toMatchObject({
		folder: "warning",
		database: "warning",
		printer: "ok",
		display: "ok",
	});
	// It changes nothing.
	expect(existsSync(join(folder, "data"))).toBe(false);

	const station = await spawnReady(["station", ...flagsFor(folder)]);
	const port = new URL(station.origin).port;
	const before = readdirSync(join(folder, "data"));
	const running = await examine("doctor", ...flagsFor(folder, port));
	expect(running).toMatchObject({ code: 0, stderr: "" });
	expect(running.found.port).toEqual({ verdict: "ok", message: `The program runs on port ${port} of 127.0.0.1.` });
	expect(verdictsOf(running.found)).toMatchObject({
		folder: "ok",
		disk: expect.any(String),
		database: "ok",
		screens: "ok",
		fonts: "ok",
		server: "warning",
	});
	expect(readdirSync(join(folder, "data"))).toEqual(before);
	await station.end();

	const busy = createServer();
	await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void busy.close());
	chmodSync(join(folder, "data/station.db"), 0o644);
	const busyPort = String((busy.address() as AddressInfo).port);
	const ill = await examine(
		"doctor",
		...flagsFor(folder, busyPort),
		"--printer",
		"device:/dev/no-such-printer",
		"--site",
		"no-such-site",
	);
	expect(ill.code).toBe(1);
	expect(ill.found).toMatchObject({
		folder: { verdict: "warning", message: expect.stringContaining("station.db") },
		port: { verdict: "failed", message: expect.stringContaining("Another program uses port") },
		printer: { verdict: "failed", message: expect.stringContaining("--printer") },
		catalogue: { verdict: "failed", code: "SITE_UNKNOWN" },
	});
	writeFileSync(join(folder, "data/secrets.json"), "{half");
	const half = await examine("doctor", ...flagsFor(folder));
	expect(half.found.database).toMatchObject({ verdict: "failed", code: "SECRETS_DAMAGED" });
});

test("the doctor of a server: before its first start, while it runs, and with keys that are damaged", async () => {
	const data = emptyServerFolder();
	const place = ["server", "doctor", "--data", data];
	expect(await examine(...place, "--port", "0")).toMatchObject({ code: 0, found: { keys: { verdict: "warning" } } });
	const server = await spawnProgram<{ server: string }>(["server", "--data", data, "--port", "0"]);
	const running = await examine(...place, "--port", new URL(server.ready.server).port);
	expect(running).toMatchObject({
		code: 0,
		found: { port: { verdict: "ok" }, database: { verdict: "ok" }, keys: { verdict: "ok" }, pages: { verdict: "ok" } },
	});
	await server.end();
	writeFileSync(join(data, "signing-keys.json"), "{");
	expect(await examine(...place, "--port", "0")).toMatchObject({
		code: 1,
		found: { keys: { verdict: "failed", code: "SIGNING_KEYS_DAMAGED" } },
	});
	rmSync(data, { recursive: true, force: true });
});

test.runIf(canMountDisks())(
	"a disk that fills: health warns below a tenth, names it when it is full, and a refusal says so",
	async () => {
		const folder = emptyFolder();
		const data = join(folder, "data");
		mkdirSync(data);
		const small = mountDisk(data, 400);
		const station = await spawnReady(["station", ...flagsFor(folder)]);
		const disk = async () =>
			((await (await fetch(`${station.origin}/api/health`)).json()) as { disk: Record<string, unknown> }).disk;
		expect(await disk()).toMatchObject({ state: "enough", advice: null });
		writeFileSync(join(data, "filling"), Buffer.alloc(365 * 1024 * 1024));
		expect(await disk()).toMatchObject({ state: "low", advice: expect.stringContaining("Free some space soon.") });
		small.fill();
		expect(await disk()).toMatchObject({ state: "full", advice: expect.stringContaining("is full") });
		expect(await examine("doctor", ...flagsFor(folder))).toMatchObject({
			code: 1,
			found: { disk: { verdict: "failed" } },
		});
		await station.end();
	},
);
