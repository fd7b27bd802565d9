import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PrinterReadyLine } from "../../../printer-simulator/start-simulator.ts";
import type { PrinterSnapshot } from "../../../protocol/api/printer-simulator.ts";
import { runCommand, spawnProgram } from "../../fixtures/spawned-process.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

const startPrinter = (folder: string) =>
	spawnProgram<PrinterReadyLine>(["printer", "--listen", "0", "--out", join(folder, "paper")]);

/** A port of this machine that somebody listens on. */
async function takenPort(): Promise<string> {
	const server = createServer().listen(0, "127.0.0.1");
	onTestFinished(() => void server.close());
	await once(server, "listening");
	return String((server.address() as AddressInfo).port);
}

describe("paihao printer", () => {
	test("writes one ready line, and ends cleanly on a signal while its page is open", async () => {
		const printer = await startPrinter(emptyFolder());
		expect(printer.ready).toEqual({
			ready: "printer",
			pid: printer.process.pid,
			printer: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+\?dialect=epson&width=80$/),
			page: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/printer$/),
		});
		const stream = await fetch(new URL("/api/printer/events", printer.ready.page));
		expect(await printer.end()).toEqual({ code: 0, signal: null });
		await stream.body?.cancel().catch(() => {});
		expect(printer.log()).toBe("");
	});

	test.each([
		["no folder", [], "Add --out DIR: the folder for each piece of paper, as PNG and as bytes."],
		["a port that is none", ["--listen", "65536"], '--listen is "65536". It must be a whole number from 0 to 65535.'],
		["a blank port", ["--listen", ""], '--listen is "". It must be a whole number from 0 to 65535.'],
		["a page's port that is none", ["--page", "web"], '--page is "web". It must be a whole number from 0 to 65535.'],
		[
			"an unknown language",
			["--dialect", "zebra"],
			'--dialect is "zebra". It must be one of epson, star, star-raster.',
		],
		["a seed that is none", ["--seed", "1.5"], '--seed is "1.5". It must be a whole number from 0 to 4294967295.'],
		["an unknown paper", ["--width", "72"], '--width is "72". It must be one of 80, 58.'],
	])("%s is refused with the flag and what is allowed", async (_, args, sentence) => {
		const paper = join(emptyFolder(), "paper");
		const out = sentence.includes("--out") ? [] : ["--out", paper];
		const result = await runCommand(["printer", ...out, ...args]);
		expect(result).toEqual({ code: 2, stdout: "", stderr: `paihao printer: ${sentence} [USAGE]\n` });
		expect(existsSync(paper)).toBe(false);
	});

	test("a fault that is none is refused with those there are", async () => {
		const paper = join(emptyFolder(), "paper");
		const { code, stdout, stderr } = await runCommand(["printer", "--out", paper, "--faults", "paper-out,rain:2"]);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		expect(stderr).toMatch(/^paihao printer: --faults: "rain:2" is not a fault. .*lost-reply.*\n$/);
		expect(existsSync(paper)).toBe(false);
	});

	test("the ready line names the seed of the faults, and takes one", async () => {
		const start = (...flags: string[]) =>
			spawnProgram<PrinterReadyLine>(["printer", "--listen", "0", "--out", join(emptyFolder(), "paper"), ...flags]);
		expect((await start("--faults", "replug:2")).ready.seed).toEqual(expect.any(Number));
		expect((await start("--faults", "replug:2", "--seed", "7")).ready.seed).toBe(7);
		expect((await start("--seed", "7")).ready.seed).toBeUndefined();
	});

	test.each(["--listen", "--page"])("a port in use at %s is named, and nothing is left behind", async (flag) => {
		const paper = join(emptyFolder(), "paper");
		const port = await takenPort();
		const result = await runCommand(["printer", "--listen", "0", "--out", paper, flag, port]);
		const sentence = `Port ${port} on 127.0.0.1 is in use. Name another with ${flag}, or 0 for a free one.`;
		expect(result).toEqual({ code: 1, stdout: "", stderr: `paihao printer: ${sentence} [PORT_IN_USE]\n` });
		expect(existsSync(paper)).toBe(false);
	});

	test("a folder that cannot be written is named", async () => {
		const file = join(emptyFolder(), "file");
		writeFileSync(file, "");
		const { code, stderr } = await runCommand(["printer", "--listen", "0", "--out", join(file, "paper")]);
		expect([code, stderr.trim().split("\n").length]).toEqual([1, 1]);
		expect(stderr).toContain("choose another folder");
	});
});

describe("the page's hands", () => {
	const post = (page: string, body: string, headers: Record<string, string> = {}) =>
		new Promise<number>((resolve, reject) => {
			const sent = request(new URL("/api/printer", page), {
				method: "POST",
				headers: { "content-type": "application/json", ...headers },
			});
			sent.on("response", (answer) => {
				answer.resume();
				resolve(answer.statusCode ?? 0);
			});
			sent.on("error", reject);
			sent.end(body);
		});
	const cover = async (page: string) =>
		((await (await fetch(new URL("/api/printer", page))).json()) as PrinterSnapshot).parts.cover;

	test("are taken from its own page only, whole or not at all", async () => {
		const { page } = (await startPrinter(emptyFolder())).ready;
		const open = '{"cover":"open"}';
		const refused = [
			await post(page, open, { origin: "https://example.org" }),
			await post(page, open, { origin: "null" }),
			await post(page, open, { host: "printer.example.org" }),
			await post(page, '{"cover":"open","paper":"wet"}'),
			await post(page, '{"cover":"open","lamp":"on"}'),
			await post(page, "cover=open"),
			await post(page, JSON.stringify({ cover: "open", padding: "x".repeat(2_000) })),
		];
		expect(refused).toEqual([403, 403, 421, 400, 400, 400, 413]);
		expect(await cover(page)).toBe("closed");
		expect(await post(page, open, { origin: new URL(page).origin })).toBe(200);
		expect(await cover(page)).toBe("open");
	});

	test("are asked for in a page that may load nothing from elsewhere and run nothing inline", async () => {
		const { page } = (await startPrinter(emptyFolder())).ready;
		const answer = await fetch(page);
		const policy = answer.headers.get("content-security-policy") ?? "";
		expect(policy).toContain("default-src 'none'");
		expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
		expect(await answer.text()).not.toMatch(/<script(?![^>]* src=)|<style| style=/);
		expect((await fetch(new URL("/kiosk", page))).status).toBe(404);
	});

	test("show at once that it was sent what it does not take, and switching it off and on mends it", async () => {
		const { page, printer } = (await startPrinter(emptyFolder())).ready;
		const stream = await fetch(new URL("/api/printer/events", page));
		const { hostname, port } = new URL(printer);
		const socket = connect(Number(port), hostname);
		onTestFinished(() => void socket.destroy());
		socket.on("error", () => {});
		socket.write("Hello, printer");
		let told = "";
		for await (const chunk of stream.body ?? []) {
			told += Buffer.from(chunk).toString();
			if (/"refused":\["[^"]/.test(told)) break;
		}
		expect(told.split("\n\n")[0]).toContain('"refused":[]');
		for (const power of ["off", "on"]) expect(await post(page, JSON.stringify({ power }))).toBe(200);
		const picture = (await (await fetch(new URL("/api/printer", page))).json()) as PrinterSnapshot;
		expect(picture.refused).toEqual([]);
	});

	test("switch it off and on: the port refuses, then takes connections again", async () => {
		const { page, printer } = (await startPrinter(emptyFolder())).ready;
		// Does anybody answer at the printer's own port?
		const reach = async () => {
			const { hostname, port } = new URL(printer);
			const socket = connect(Number(port), hostname);
			const connected = await Promise.race([
				once(socket, "connect").then(() => true),
				once(socket, "close").then(() => false),
			]).catch(() => false);
			socket.destroy();
			return connected;
		};
		expect(await reach()).toBe(true);
		// Both at once: they follow one another in the order of asking.
		expect(await Promise.all([post(page, '{"power":"off"}'), post(page, '{"power":"on"}')])).toEqual([200, 200]);
		expect(await reach()).toBe(true);
		expect(await post(page, '{"power":"off"}')).toBe(200);
		expect(await reach()).toBe(false);
		expect(await post(page, '{"power":"on"}')).toBe(200);
		expect(await reach()).toBe(true);
	});
});
