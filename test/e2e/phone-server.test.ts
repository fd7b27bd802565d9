import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const words: Record<string, string> = JSON.parse(readFileSync(join(TOP, "resources/languages/phone/fr.json"), "utf8"));

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("a phone that is not on the station's network asks the server: sees the ticket, lets others go first, leaves", async () => {
	const serverFolder = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>(["server", "--data", serverFolder, "--port", "0"]);
	const { server: origin } = server.ready;
	const data = emptyFolder();
	const flags = ["--data", data, "--printer", `virtual:${join(data, "paper")}`, "--port", "0", "--headless"];
	const station = await spawnReady(["station", ...flags, "--phone-address", origin]);
	const { code } = JSON.parse((await runCommand(["server", "code", "--data", serverFolder, "--site", SITE])).stdout);
	const enrolled = await runCommand(["enrol", "--data", data, "--server", origin, "--code", code]);
	expect(enrolled).toMatchObject({ code: 0 });
	const issue = async (key: string) =>
		(await (await postTicket(station, { topic: "work-permit", language: "fr", key })).json()) as {
			id: string;
			code: string;
			number: string;
			phonePage?: object;
		};
	const first = await issue("the-first-one");
	expect(first.phonePage).toBeDefined();
	await issue("the-second-one");

	const ask = async (typed: string) => {
		const answer = await fetch(`${origin}/api/phone/${typed}`);
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	};
	const typed = first.code.toLowerCase().replace(/(.{5})/, "$1-");
	await expect
		.poll(() => ask(typed), { timeout: 30_000 })
		.toMatchObject({ status: 200, body: { number: first.number, state: "waiting", ahead: 0, behind: 1 } });

	const { page, faults } = await openPage(browser, `${origin}/phone#${first.code}`, PHONE);
	// Nobody is signed in at the site, so nobody is next.
	const ahead = (people: number) => page.locator("dd").getByText(String(people), { exact: true }).waitFor();
	await ahead(0);
	await page.getByRole("button", { name: words.giveWayBy?.replace("{{people}}", "1") ?? "" }).click();
	await ahead(1);
	await page.getByRole("button", { name: words.leave ?? "" }).click();
	await page.getByRole("button", { name: words.leaveYes ?? "" }).click();
	await page.getByText(words.cancelled ?? "").waitFor();
	expect(faults).toEqual([]);
	// It was the station that did it.
	const own = await fetch(`${station.origin}/api/tickets/${first.id}`);
	expect(await own.json()).toMatchObject({ state: "cancelled" });

	// An act on a ticket as it was is refused with the station's reason.
	const late = await fetch(`${origin}/api/phone/${first.code}/leave`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ version: 1 }),
	});
	expect([late.status, await late.json()]).toMatchObject([
		409,
		{ code: "VISITOR_REFUSED", data: { reason: expect.stringMatching(/^TICKET_/) } },
	]);

	// Codes cannot be tried.
	// Those before its ticket was told count as well.
	const answers = [];
	for (let count = 0; count < 21; count += 1) answers.push((await ask("0000000000")).body.code);
	expect(answers[0]).toBe("CODE_UNKNOWN");
	expect(answers.at(-1)).toBe("CODE_RATE_LIMITED");
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });

	// What the server does not know the kiosk does not send phones to.
	let visits = 0;
	const next = () => issue(`after-the-server-${visits++}`);
	await expect.poll(async () => (await next()).phonePage, { interval: 100 }).toBeUndefined();
});
