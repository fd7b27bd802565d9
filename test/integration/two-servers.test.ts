import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { CATALOGUE_FILES } from "../../protocol/catalogue/catalogue.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { signToken } from "../../station/sync/enrolment/station-token.ts";
import { openHttpCalls } from "../../station/sync/server-calls.ts";
import { composedServer } from "../fixtures/compose.ts";
import { answered, openFleetPage } from "../fixtures/fleet-page.ts";
import { openTestDatabase } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
const CATALOGUE = Object.fromEntries(
	Object.values(CATALOGUE_FILES)
		.flatMap((name) => (typeof name === "string" ? [name] : Object.values(name)))
		.map((name) => [name, JSON.parse(readFileSync(join(TOP, "resources/catalogue", name), "utf8")) as unknown]),
);

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

/** Leads to one of the servers, as the proxy before them does; what is open stays where it is. */
async function openProxy(first: string) {
	let target = first;
	const proxy = createServer((incoming, outgoing) => {
		const onward = send(new URL(incoming.url ?? "/", target), {
			method: incoming.method,
			headers: { ...incoming.headers, "x-forwarded-for": incoming.socket.remoteAddress },
		});
		onward.on("response", (response) => {
			outgoing.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(outgoing);
			response.on("error", () => outgoing.destroy());
		});
		onward.on("error", () => outgoing.destroy());
		outgoing.on("close", () => onward.destroy());
		incoming.pipe(onward);
	});
	proxy.listen(0, "127.0.0.1");
	await once(proxy, "listening");
	onTestFinished(() => {
		proxy.closeAllConnections();
		proxy.close();
	});
	const leadTo = (origin: string) => {
		target = origin;
	};
	return { origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, leadTo };
}

test("two servers on one database, as compose.yaml runs them: each takes up where the other stopped, and one goes on alone", {
	timeout: 120_000,
}, async () => {
	const [shared, exports] = [emptyFolder(), emptyFolder()];
	const here = { data: shared, host: "127.0.0.1", port: "0", "export-to": exports };
	const args = composedServer().map((arg) => {
		const [, flag = "", value] = /^--([a-z-]+)=(.*)$/.exec(arg) ?? [];
		return value === undefined ? arg : `--${flag}=${flag in here ? here[flag as keyof typeof here] : value}`;
	});
	const place = { PAIHAO_DATABASE: opened.url };
	const start = () => spawnProgram<{ server: string }>(args, place);
	// At once: one migrates, and makes the signing keys that both publish with.
	const [one, other] = await Promise.all([start(), start()]);
	const [first, second] = [one.ready.server, other.ready.server];

	// Enrolled at the first, everything after it at the second.
	const proxy = await openProxy(first);
	const data = emptyFolder();
	const flags = ["--data", data, "--printer", `virtual:${join(data, "paper")}`, "--port", "0", "--headless"];
	const station = await spawnReady(["station", ...flags]);
	const made = await runCommand(["server", "code", "--data", shared, "--site", SITE], place);
	const { code } = JSON.parse(made.stdout) as { code: string };
	expect(await runCommand(["enrol", "--data", data, "--server", proxy.origin, "--code", code])).toMatchObject({
		code: 0,
	});
	proxy.leadTo(second);
	const issue = async (key: string) =>
		expect((await postTicket(station, { topic: "work-permit", language: "en", key: `visit-${key}` })).status).toBe(201);
	const sync = async () =>
		((await (await fetch(`${station.origin}/api/health`)).json()) as { sync: { unsent: number } }).sync;
	for (const key of ["one", "two", "three"]) await issue(key);
	await expect.poll(sync, { timeout: 60_000 }).toMatchObject({ unsent: 0, forks: 0 });

	// Signed in at the first, at home at the second; a catalogue from either.
	const added = await runCommand(["server", "admin", "add", "lin", "--data", shared], place);
	const { password } = JSON.parse(added.stdout) as { password: string };
	let origin = first;
	const page = openFleetPage((path, init) => fetch(origin + path, init));
	const publish = async () => answered(await page.catalogue.publish({ catalogue: CATALOGUE })).version;
	expect((await page.session.open({ name: "lin", password })).kind).toBe("ok");
	origin = second;
	const older = await publish();
	origin = first;
	const newer = await publish();
	expect(newer).toBeGreaterThan(older);

	// A hint crosses: who listens at the first hears what is given at the second.
	const enrolment = openSecrets(data).enrolment;
	if (!enrolment) throw new Error("It was enrolled, and its folder does not say so.");
	const hints = await openHttpCalls(first, () => signToken(enrolment, Date.now())).hints(AbortSignal.timeout(60_000));
	const heard = hints.next();
	const action = { kind: "set-topic", topic: "work-permit", open: true } as const;
	origin = second;
	expect(answered(await page.commands.send({ station: enrolment.station, action })).number).toBeGreaterThan(0);
	origin = first;
	expect((await heard).value).toBe(0);
	const outcomes = async () =>
		answered(await page.fleet.read()).stations.map(({ commands }) => commands.map(({ outcome }) => outcome));
	await expect.poll(outcomes, { timeout: 60_000 }).toEqual([["done"]]);

	// An administrator's own backup, by a command beside them; what would not be understood is refused.
	const backedUpSeq = (at: string) => runCommand(["server", "mark-backup", "--at", at, "--data", shared], place);
	const began = await backedUpSeq("2026-01-01T02:00:00+08:00");
	expect(JSON.parse(began.stdout)).toEqual({ backedUpSeq: "2026-01-01T02:00:00+08:00", streams: 0 });
	for (const at of ["yesterday", "2026-01-01T02:00:00", new Date(Date.now() + 3_600_000).toISOString()])
		expect(await backedUpSeq(at)).toMatchObject({ code: 2, stdout: "" });
	for (const refused of [
		["--export-every", "1"],
		["--export-to", exports],
		["--trust-proxy", "caddy"],
	])
		expect(await runCommand(["server", "--data", shared, "--port", "0", ...refused], place)).toMatchObject({ code: 2 });

	// The one that the station speaks to is killed; the proxy leads to the one that is left.
	await other.end("SIGKILL");
	await issue("four");
	proxy.leadTo(first);
	await issue("five");
	await expect.poll(sync, { timeout: 100_000 }).toMatchObject({ unsent: 0, forks: 0 });
	expect(await outcomes()).toEqual([["done"]]);
	// Both looked whether an export was due; one made it.
	await expect.poll(() => readdirSync(exports).filter((name) => name.endsWith(".export"))).toHaveLength(1);
	await station.end();
	const verified = await runCommand(["verify", "--data", data, "--server", proxy.origin]);
	expect(verified.stdout).toContain('"missing":0');
	expect(verified.code).toBe(0);
	expect(await one.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
