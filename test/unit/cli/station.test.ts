import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { postTicket, runCommand, spawnReady } from "../../fixtures/spawned-process.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

const flagsFor = (folder: string) => [
	"--data",
	join(folder, "data"),
	"--printer",
	`virtual:${join(folder, "paper")}`,
	"--port",
	"0",
	"--headless",
];

/** Every file of a folder with the hash of its bytes. */
function contentsOf(folder: string): Record<string, string> {
	return Object.fromEntries(
		readdirSync(folder)
			.sort()
			.map((name) => [
				name,
				createHash("sha256")
					.update(readFileSync(join(folder, name)))
					.digest("hex"),
			]),
	);
}

/** A folder in which a station has lived and ended. */
async function usedFolder(): Promise<string> {
	const folder = emptyFolder();
	const station = await spawnReady(["station", ...flagsFor(folder)]);
	await postTicket(station, { topic: "language-learning", language: "en", key: randomUUID() });
	await station.end();
	return folder;
}

describe("paihao station", () => {
	test("writes one ready line, serves, and ends cleanly on a signal", async () => {
		const folder = emptyFolder();
		const station = await spawnReady(["station", ...flagsFor(folder)]);
		expect(station.ready).toMatchObject({
			ready: "station",
			pid: station.process.pid,
			desk: `${station.origin}/desk`,
			board: `${station.origin}/board`,
			api: `${station.origin}/api/openapi.json`,
		});
		expect(station.ready.staff).toBeUndefined();
		for (const page of ["kiosk", "desk", "board"]) {
			const answer = await fetch(`${station.origin}/${page}`);
			expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
		}
		expect((await postTicket(station, { topic: "work-permit", language: "ar", key: randomUUID() })).status).toBe(201);
		// An open board must not hold it back.
		const board = await fetch(`${station.origin}/api/board/events`);
		expect(await station.end("SIGTERM")).toEqual({ code: 0, signal: null });
		await board.body?.cancel().catch(() => {});
		const verified = await runCommand(["verify", "--data", join(folder, "data")]);
		expect(verified).toMatchObject({ code: 0, stderr: "" });
		expect(JSON.parse(verified.stdout)).toMatchObject({ kind: "agrees", tickets: 1 });
	});

	test("prints its events as JSON lines, oldest first", async () => {
		const folder = await usedFolder();
		const { stdout, code } = await runCommand(["events", "--data", join(folder, "data")]);
		const events = stdout
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(code).toBe(0);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		expect(events[0]).toMatchObject({ seq: 1, type: "ticket.issued", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
	});

	test("takes its settings from flags before variables before the file", async () => {
		/** Each time in a folder of its own, because a folder belongs to one site. */
		const siteOf = async (flags: string[], env: Record<string, string>) => {
			const folder = emptyFolder();
			const data = join(folder, "data");
			mkdirSync(data);
			const printer = `virtual:${join(folder, "paper")}`;
			const settings = { site: "service-centre-1", host: "127.0.0.1", port: 0, printer };
			writeFileSync(join(data, "paihao.json"), JSON.stringify(settings));
			const station = await spawnReady(["station", ...flags], { PAIHAO_DATA: data, ...env });
			const { site } = (await (await fetch(`${station.origin}/api/topics`)).json()) as { site: { id: string } };
			await station.end();
			return site.id;
		};
		expect(await siteOf([], {})).toBe("service-centre-1");
		expect(await siteOf([], { PAIHAO_SITE: "service-centre-2" })).toBe("service-centre-2");
		expect(await siteOf(["--site", "service-centre-3"], { PAIHAO_SITE: "service-centre-2" })).toBe("service-centre-3");
	});

	test("staff can be added while it runs, and sign in", async () => {
		const folder = emptyFolder();
		const station = await spawnReady(["station", ...flagsFor(folder)]);
		const added = await runCommand(["staff", "add", "Chen", "--data", join(folder, "data")]);
		const { name, pin } = JSON.parse(added.stdout);
		const session = await fetch(`${station.origin}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ staff: name, pin, counter: "1" }),
		});
		expect(session.status).toBe(201);
		expect((await runCommand(["staff", "remove", "Chen", "--data", join(folder, "data")])).code).toBe(0);
		expect((await runCommand(["staff", "list", "--data", join(folder, "data")])).stdout).toBe("");
	});
});

describe("a folder that cannot be used: one sentence, exit code not 0, files untouched", () => {
	const refused = async (folder: string, said: RegExp) => {
		const before = contentsOf(join(folder, "data"));
		const { code, stdout, stderr } = await runCommand(["station", ...flagsFor(folder)]);
		expect(code).not.toBe(0);
		expect(stdout).toBe("");
		expect(stderr.trim().split("\n")).toHaveLength(1);
		expect(stderr).toMatch(said);
		expect(contentsOf(join(folder, "data"))).toEqual(before);
	};

	test("used by another station", async () => {
		const folder = emptyFolder();
		await spawnReady(["station", ...flagsFor(folder)]);
		const { code, stderr } = await runCommand(["station", ...flagsFor(folder)]);
		expect(code).not.toBe(0);
		expect(stderr).toMatch(/^paihao station: The data folder .* is used by another station\..*\n$/);
	});

	test("from a newer version", async () => {
		const folder = await usedFolder();
		const file = join(folder, "data/station.db");
		const bytes = readFileSync(file);
		bytes.writeUInt32BE(9_999, 60);
		writeFileSync(file, bytes);
		await refused(folder, /written by a newer version/);
	});

	test("with a database that is none", async () => {
		const folder = emptyFolder();
		mkdirSync(join(folder, "data"));
		writeFileSync(join(folder, "data/station.db"), "this is a letter, not a database".repeat(50));
		await refused(folder, /is damaged and was left as it is/);
	});

	test("with a database that is damaged in the middle", async () => {
		const folder = await usedFolder();
		const file = join(folder, "data/station.db");
		const bytes = readFileSync(file);
		bytes.fill(0xa5, 4_096, bytes.length - 4_096);
		writeFileSync(file, bytes);
		await refused(folder, /is damaged and was left as it is/);
		for (const command of ["verify", "events"]) {
			const { code, stderr } = await runCommand([command, "--data", join(folder, "data")]);
			expect(code).not.toBe(0);
			expect(stderr).toMatch(/^paihao \w+: .*is damaged and was left as it is.*\n$/);
		}
	});

	test("that cannot be made", async () => {
		const { code, stderr } = await runCommand(["station", ...flagsFor("/proc/nowhere")]);
		expect(code).not.toBe(0);
		expect(stderr).toMatch(/^paihao station: The data folder .* cannot be written\..*\n$/);
	});

	test("that is a file", async () => {
		const folder = emptyFolder();
		writeFileSync(join(folder, "data"), "");
		const { code, stderr } = await runCommand(["station", ...flagsFor(folder)]);
		expect(code).not.toBe(0);
		expect(stderr).toMatch(/^paihao station: The data folder .* cannot be written\..*\n$/);
	});
});

describe("bad settings: one sentence that says what to do", () => {
	test.each([
		["no data folder", ["--printer", "virtual:x"], 2, /--data DIR or PAIHAO_DATA/],
		["a printer without a name", ["--data", "x", "--printer", ""], 2, /--printer is ""/],
		["an unknown flag", ["--datta", "x"], 2, /There is no option --datta\. Did you mean --data\? \[USAGE\]/],
		["a port that is none", ["--data", "x", "--printer", "virtual:x", "--port", "http"], 2, /--port/],
		[
			"a file that is not there",
			["--data", "x", "--printer", "virtual:x", "--config", "/nowhere.json"],
			2,
			/nowhere\.json cannot be read/,
		],
	])("%s", async (_, args, code, said) => {
		const result = await runCommand(["station", ...args]);
		expect(result).toMatchObject({ code, stdout: "" });
		expect(result.stderr.trim().split("\n")).toHaveLength(1);
		expect(result.stderr).toMatch(said);
	});

	test.each([
		[
			"a site that is not in the catalogue",
			["--site", "atlantis"],
			/no site atlantis.*permanent-residence-service-centre/,
		],
		["a printer address that is none", ["--printer", "tcp://"], /printer/i],
		["a printer address with a typing mistake", ["--printer", "tpc://10.0.0.9:9100"], /printer/i],
	])("%s", async (_, args, said) => {
		const result = await runCommand(["station", ...flagsFor(emptyFolder()), ...args]);
		expect(result.code).not.toBe(0);
		expect(result.stderr.trim().split("\n")).toHaveLength(1);
		expect(result.stderr).toMatch(said);
	});

	test("a port in use is named", async () => {
		const blocker = createServer().listen(0, "127.0.0.1");
		onTestFinished(() => void blocker.close());
		await once(blocker, "listening");
		const address = blocker.address();
		const port = typeof address === "object" ? String(address?.port) : "";
		const result = await runCommand(["station", ...flagsFor(emptyFolder()), "--port", port]);
		expect(result.code).not.toBe(0);
		expect(result.stderr).toContain(`Port ${port} on 127.0.0.1 is in use.`);
	});

	test("every command explains itself", async () => {
		for (const command of ["station", "demo", "printer", "events", "verify", "staff"]) {
			const { code, stdout, stderr } = await runCommand([command, "--help"]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			expect(stdout).toContain(`paihao ${command}`);
		}
		expect(await runCommand(["dance"])).toMatchObject({ code: 2, stdout: "" });
	});
});
