import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const TOKEN = "a-token-of-this-test";

/** Every sample: "name{labels}" and its value. */
async function readMetrics(origin: string, headers: Record<string, string> = {}): Promise<Map<string, number>> {
	const answer = await fetch(`${origin}/metrics`, { headers });
	expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
	const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	return new Map(
		lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
	);
}

async function startStation(...more: string[]) {
	const folder = emptyFolder();
	const data = join(folder, "data");
	const place = ["--data", data, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
	return { data, station: await spawnReady(["station", ...place, ...more]) };
}

test("a station and a server tell what the dashboard shows, and nothing of a person", async () => {
	const { data, station } = await startStation("--metrics-token", TOKEN);
	const before = await readMetrics(station.origin);
	expect(before.get(`paihao_build_info{program="station",version="${manifest.version}"}`)).toBe(1);
	const ticket = (await (
		await postTicket(station, { topic: "work-permit", language: "fr", key: "for-the-metrics" })
	).json()) as { code: string; number: string };
	await expect
		.poll(async () => (await readMetrics(station.origin)).get('paihao_print_jobs_total{outcome="confirmed"}'))
		.toBe(1);
	const after = await readMetrics(station.origin);
	expect(after.get('paihao_events_total{type="ticket.issued"}')).toBe(1);
	expect(after.get("paihao_waiting")).toBe(1);
	expect(after.get("paihao_clock_in_doubt")).toBe(0);
	expect(after.get("paihao_disk_free_bytes")).toBeGreaterThan(0);
	expect(after.get('paihao_http_request_duration_seconds_count{area="api/tickets",status="201"}')).toBe(1);

	const serverFolder = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>([
		...["server", "--data", serverFolder, "--port", "0", "--metrics-token", TOKEN],
	]);
	const { server: origin } = server.ready;
	const { code } = JSON.parse((await runCommand(["server", "code", "--data", serverFolder])).stdout);
	expect(await runCommand(["enrol", "--data", data, "--server", origin, "--code", code])).toMatchObject({ code: 0 });
	await expect.poll(async () => (await readMetrics(origin)).get("paihao_server_events")).toBeGreaterThan(2);
	const ofServer = await readMetrics(origin);
	expect(ofServer.get("paihao_server_stations_connected")).toBe(1);
	expect(ofServer.get("paihao_server_ready")).toBe(1);
	// Through a proxy it is the network that asks.
	const forwarded = { "x-forwarded-for": "203.0.113.7" };
	expect((await fetch(`${origin}/metrics`, { headers: forwarded })).status).toBe(404);
	await readMetrics(origin, { ...forwarded, authorization: `Bearer ${TOKEN}` });
	const wrong = { ...forwarded, authorization: `Bearer ${TOKEN}x` };
	expect((await fetch(`${origin}/metrics`, { headers: wrong })).status).toBe(404);

	// Strangers' paths make no series of their own.
	for (const path of ["/x1", "/x2", "/api/x3", "/fleet/api/x4", "/sync/x5"]) await fetch(`${origin}${path}`);
	const series = [...(await readMetrics(origin)).keys()].filter((name) => /x\d/.test(name));
	expect(series).toEqual([]);

	const names = new Set([...after.keys(), ...ofServer.keys()].map((sample) => sample.replace(/\{.*$/, "")));
	// Told once the server was tried.
	names.add("paihao_server_reachable");
	const dashboard = readFileSync(join(TOP, "packaging/grafana/paihao.json"), "utf8");
	const shown = [...dashboard.matchAll(/\b(?:paihao|process)_[a-z_]+/g)].map(([name]) => name);
	expect(shown.length).toBeGreaterThan(15);
	expect(shown.filter((name) => !names.has(name))).toEqual([]);
	const text = JSON.stringify([...after.keys(), ...ofServer.keys()]);
	for (const secret of [ticket.code, ticket.number, station.kioskKey, TOKEN]) expect(text).not.toContain(secret);
	await server.end();
	rmSync(serverFolder, { recursive: true, force: true });
});

test("no PIN, token, key or code is in the log of a station at work", async () => {
	const { data, station } = await startStation("--log-level", "debug", "--metrics-token", TOKEN);
	const { pin } = JSON.parse((await runCommand(["staff", "add", "Wang", "--data", data])).stdout) as { pin: string };
	const ask = async (path: string, body: object, token?: string) =>
		(await (
			await fetch(`${station.origin}/api/${path}`, {
				method: "POST",
				headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
				body: JSON.stringify(body),
			})
		).json()) as Record<string, string>;
	const ticket = (await (
		await postTicket(station, { topic: "work-permit", language: "fr", key: "for-the-log" })
	).json()) as {
		code: string;
	};
	await ask("session", { staff: "Wang", pin: "000000", counter: "1" });
	const { token = "" } = await ask("session", { staff: "Wang", pin, counter: "1" });
	expect(token).not.toBe("");
	await ask("counters/1/next", {}, token);
	await ask("counters/1/next", {}, "a-wrong-token-of-somebody");
	await ask("enrolment", { server: "http://127.0.0.1:1", code: "ABCDE-FGHJK" }, token);
	await station.end();
	const secrets = JSON.parse(readFileSync(join(data, "secrets.json"), "utf8")) as Record<string, string>;
	const log = station.log();
	expect(log).toContain("printer.state.changed");
	for (const secret of [pin, token, ticket.code, TOKEN, "a-wrong-token-of-somebody", "ABCDEFGHJK", "ABCDE-FGHJK"])
		expect(log).not.toContain(secret);
	for (const secret of [secrets.kioskKey, secrets.pinPepper]) expect(log).not.toContain(secret);
});

test.skipIf(process.platform === "win32")("systemd's watchdog hears from a station", async () => {
	const folder = emptyFolder();
	const heard = join(folder, "heard");
	const program = join(folder, "systemd-notify");
	writeFileSync(program, `#!/bin/sh\necho "$1" >> ${heard}\n`);
	chmodSync(program, 0o755);
	await spawnReady(
		[
			...["station", "--data", join(folder, "data"), "--printer", `virtual:${join(folder, "paper")}`],
			...["--port", "0", "--headless"],
		],
		{ PATH: `${folder}:${process.env.PATH}`, NOTIFY_SOCKET: "/run/notify", WATCHDOG_USEC: "600000" },
	);
	await expect.poll(() => readFileSync(heard, "utf8")).toContain("WATCHDOG=1\nWATCHDOG=1\n");
});
