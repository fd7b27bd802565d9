import { execFileSync } from "node:child_process";
import { constants, openSync, readFileSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { openShell, type RunningShell } from "./running-shell.ts";

const KIOSK = /^http:\/\/station\.localhost:\d+\/kiosk#key=/;

/** The page of a shell that has just opened, once it shows the kiosk. */
async function kioskOf(shell: RunningShell): Promise<Page> {
	const { page } = await shell.connect();
	await page.waitForURL(KIOSK);
	return page;
}

/** From within the page, as the kiosk itself would: over the scheme, with the key of its address. */
function takeTicket(page: Page, key: string) {
	return page.evaluate(async (key) => {
		const headers = {
			authorization: `Bearer ${location.hash.slice("#key=".length)}`,
			"content-type": "application/json",
		};
		const { topics } = (await (await fetch("/api/topics")).json()) as { topics: { id: string }[] };
		const body = JSON.stringify({ topic: topics[0]?.id, language: "en", key });
		const response = await fetch("/api/tickets", { method: "POST", headers, body });
		return { status: response.status, ticket: (await response.json()) as { id: string; number: string } };
	}, key);
}

describe("the window", () => {
	let shell: RunningShell;
	beforeAll(async () => {
		shell = await openShell();
		return () => shell[Symbol.asyncDispose]();
	});

	test("shows the kiosk, and its page learns only which shell it is in", async () => {
		const page = await kioskOf(shell);
		await page.getByRole("button", { name: "English" }).waitFor();
		const seen = await page.evaluate(() => ({
			paihao: (globalThis as { paihao?: unknown }).paihao,
			frozen: Object.isFrozen((globalThis as { paihao?: unknown }).paihao),
			node: ["require", "process", "module", "Buffer"].filter((name) => name in globalThis),
		}));
		expect(seen).toEqual({
			paihao: { kind: "shell", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
			frozen: true,
			node: [],
		});
	});

	test("a ticket is taken over the scheme, once however often the button is tapped", async () => {
		const page = await kioskOf(shell);
		const key = crypto.randomUUID();
		const first = await takeTicket(page, key);
		const again = await takeTicket(page, key);
		expect([first.status, again.status]).toEqual([201, 200]);
		expect(again.ticket.number).toBe(first.ticket.number);
		const issued = shell
			.paihao("events")
			.split("\n")
			.filter((line) => line.includes(first.ticket.id));
		expect(issued.length).toBeGreaterThan(0);
	});

	test("a call at a desk on the network reaches its event stream", async () => {
		const page = await kioskOf(shell);
		await page.evaluate(() => {
			const messages: string[] = [];
			const stream = new EventSource("/api/board/events");
			stream.addEventListener("message", (event) => messages.push(event.data as string));
			Object.assign(globalThis, { messages, stream });
		});
		const received = () => page.evaluate(() => (globalThis as unknown as { messages: string[] }).messages.join("\n"));
		await expect.poll(received).not.toBe("");
		const { ticket } = await takeTicket(page, crypto.randomUUID());

		const staff = JSON.parse(shell.paihao("staff", "add", "Chen")) as { pin: string };
		const post = (path: string, body: unknown, token?: string) =>
			fetch(new URL(path, shell.ready.api), {
				method: "POST",
				headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
				body: JSON.stringify(body),
			});
		const session = await post("/api/session", { staff: "Chen", pin: staff.pin, counter: "1" });
		const { token } = (await session.json()) as { token: string };
		expect((await post("/api/counters/1/next", {}, token)).status).toBe(200);
		await expect.poll(received).toContain(ticket.number);
	});

	test("the page goes nowhere else and opens no window", async () => {
		const page = await kioskOf(shell);
		const address = page.url();
		for (const otherSites of [new URL("/desk", shell.ready.api).href, new URL("/desk", address).href]) {
			const refused = page.waitForEvent("requestfailed", (request) => request.url() === otherSites);
			await page.evaluate((url) => {
				location.href = url;
			}, otherSites);
			expect((await refused).failure()?.errorText).toBe("net::ERR_ABORTED");
			expect(page.url()).toBe(address);
		}
		expect(await page.evaluate(() => window.open("/kiosk"))).toBeNull();
		await expect.poll(shell.said).toContain("a window for paihao://station/kiosk: deny");
	});
});

test("a page that crashes comes back by itself", { timeout: 240_000 }, async () => {
	await using shell = await openShell();
	const { browser, page } = await shell.connect();
	await page.waitForURL(KIOSK);
	await page.evaluate(() => Object.assign(globalThis, { before: true }));
	const crashed = page.waitForEvent("crash");
	const session = await page.context().newCDPSession(page);
	session.send("Page.crash").catch(() => {});
	await crashed;
	// Whoever debugs a page can hold up its next process; nobody does while it recovers.
	await browser.close();
	const seen = () => shell.ask("({ page: location.pathname, before: 'before' in globalThis })");
	await expect
		.poll(async () => ({ seen: await seen(), said: shell.said() }), { timeout: 120_000 })
		.toEqual({
			seen: { page: "/kiosk", before: false },
			said: expect.stringContaining("render process gone: crashed"),
		});
});

test("a printer at a device of the machine is spoken to through a utility process", async () => {
	const device = join(emptyFolder(), "lp0");
	execFileSync("mkfifo", [device]);
	let got = Buffer.alloc(0);
	const reader = new Socket({ fd: openSync(device, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
	reader.on("data", (bytes) => {
		got = Buffer.concat([got, Buffer.from(bytes)]);
	});
	onTestFinished(() => void reader.destroy());
	await using shell = await openShell(`device:${device}`);
	const page = await kioskOf(shell);
	await takeTicket(page, crypto.randomUUID());
	// A pipe answers nothing, so the station only asks for its state: DLE EOT, again and again.
	await expect.poll(() => got.includes(Buffer.from([0x10, 0x04])), { timeout: 20_000 }).toBe(true);
});

test("a file in the place of a device is said, and the shell goes on", async () => {
	const device = join(emptyFolder(), "lp0");
	writeFileSync(device, "");
	await using shell = await openShell(`device:${device}`);
	const page = await kioskOf(shell);
	await takeTicket(page, crypto.randomUUID());
	await expect.poll(() => shell.said(), { timeout: 20_000 }).toContain("not-a-device");
	expect(shell.said()).not.toContain("shell.failed");
	expect(readFileSync(device)).toHaveLength(0);
});

test.for(["SIGTERM", "SIGINT"] as const)("%s ends it cleanly", async (signal) => {
	await using shell = await openShell();
	const page = await kioskOf(shell);
	// An open stream must not hold it up.
	await page.evaluate(() => Object.assign(globalThis, { stream: new EventSource("/api/board/events") }));
	shell.signal(signal);
	expect(await shell.ended).toEqual({ code: 0, signal: null });
	await expect(fetch(shell.ready.api)).rejects.toThrow("fetch failed");
	await expect(fetch(shell.devTools.replace(/^ws/, "http"))).rejects.toThrow("fetch failed");
});
