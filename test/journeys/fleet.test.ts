import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import words from "../../resources/languages/fleet/en.json" with { type: "json" };
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady } from "../fixtures/spawned.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";
import { axeFaults, axeFaultsInTheDark } from "../renderer/axe.ts";
import { systemFontFaults } from "../renderer/geometry.ts";

const SITE = "permanent-residence-service-centre";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const catalogueFile = (name: string) => join(TOP, "resources/catalogue", name);
/** Every file of the default catalogue, as IT chooses them; `change` stands in for one of them. */
function filesOf(change: Readonly<Record<string, unknown>> = {}) {
	const names = ["documents", "groups", "locations", "organizations", "services"].map((name) => `${name}.json`);
	const words = ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "th", "zh-Hans"];
	return [...names, ...words.map((language) => `words/${language}.json`)].map((name) => ({
		name: name.replace("words/", ""),
		mimeType: "application/json",
		buffer: Buffer.from(
			name in change ? JSON.stringify(change[name]) : readFileSync(catalogueFile(name)).toString("utf8"),
		),
	}));
}

test("IT looks after a station: let in, seen live, told what to do, given a catalogue, shut out", async () => {
	const data = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>(["server", "--data", data, "--port", "0"]);
	const { server: origin } = server.ready;
	const added = await runCommand(["server", "admin", "add", "lin", "--data", data]);
	const { password } = JSON.parse(added.stdout) as { password: string };

	const { page, faults } = await openPage(browser, `${origin}/fleet`, {
		viewport: { width: 1366, height: 768 },
		locale: "en-GB",
	});
	const button = (name: string) => page.getByRole("button", { name, exact: true });
	const signIn = async (typed: string) => {
		await page.getByLabel(words.name, { exact: true }).fill("lin");
		await page.getByLabel(words.password, { exact: true }).fill(typed);
		await button(words.signIn).click();
	};
	await signIn("wrong");
	await page.getByRole("alert").filter({ hasText: words["refused.SIGN_IN_REFUSED"] }).waitFor();
	expect(await axeFaults(page)).toEqual([]);
	expect(await systemFontFaults(page)).toEqual([]);
	await signIn(password);
	await page.getByText(words.none).waitFor();

	// A code on the page lets a device in, and goes away when it was used.
	await page.getByPlaceholder(words.newSite).fill(SITE);
	await button(words.makeCode).click();
	const code = await page.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).innerText();
	const folder = emptyFolder();
	const flags = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
	const station = await spawnReady(["station", ...flags]);
	const enrolled = await runCommand(["enrol", "--data", folder, "--server", origin, "--code", code]);
	expect(enrolled).toMatchObject({ code: 0 });
	await page.getByText(code, { exact: true }).waitFor({ state: "detached" });
	const issued = await postTicket(station, { topic: "work-permit", language: "ar", key: "the-first-visit" });
	expect(issued.status).toBe(201);

	// The row follows by itself.
	const row = page.getByRole("row").filter({ hasText: SITE });
	await row.filter({ hasText: "1 waiting" }).filter({ hasText: words["printer.ready"] }).waitFor();
	await row.filter({ hasText: words["standing.good"] }).waitFor();

	// A command, and what became of it.
	await row.getByRole("button", { name: SITE }).click();
	await button(words["act.print-test"]).click();
	const commands = page.getByRole("listitem").filter({ hasText: words["act.print-test"] });
	await commands.filter({ hasText: words["outcome.done"] }).waitFor();
	await page.getByRole("combobox").selectOption("work-permit");
	await button(words["act.close-topic"]).click();
	const closing = page.getByRole("listitem").filter({ hasText: words["act.close-topic"] });
	await closing.filter({ hasText: words["outcome.done"] }).waitFor();
	const refused = await postTicket(station, { topic: "work-permit", language: "ar", key: "the-second-visit" });
	expect((await refused.json()) as object).toMatchObject({ code: "TOPIC_CLOSED" });
	expect(await axeFaults(page)).toEqual([]);
	expect(await systemFontFaults(page)).toEqual([]);
	expect(await axeFaultsInTheDark(page)).toEqual([]);

	// A catalogue: faults are named, then what changes is, then every station takes it.
	await button(words["view.catalogue"]).click();
	const chooser = page.locator('input[type="file"]');
	await chooser.setInputFiles(filesOf({ "groups.json": [] }));
	await page.getByText(/fault/).first().waitFor();
	expect(await button(words.publish).count()).toBe(0);
	await chooser.setInputFiles(filesOf());
	await button(words.publish).click();
	await page.getByText(words.published.replace("{{version}}", "1")).waitFor();
	await page.getByText(words.taken_one.replace("{{having}}", "1").replace("{{count}}", "1")).waitFor();
	expect(await axeFaults(page)).toEqual([]);
	expect(await systemFontFaults(page)).toEqual([]);
	expect(await axeFaultsInTheDark(page)).toEqual([]);

	// A restart is asked about, and shows itself as done when the station is back.
	await button(words["view.stations"]).click();
	await button(words["act.shut-out"]).click();
	await page.getByText(words.shutOutSure).waitFor();
	await page.getByRole("alert").getByRole("button", { name: words["act.shut-out"] }).click();
	await row.filter({ hasText: words.shutOutShort }).waitFor();
	// It goes on giving tickets.
	const still = await postTicket(station, { topic: "language-learning", language: "en", key: "the-third-visit" });
	expect(still.status).toBe(201);
	const health = async () => (await (await fetch(`${station.origin}/api/health`)).json()) as object;
	await expect.poll(health, { timeout: 60_000 }).toMatchObject({ sync: { refused: "STATION_SHUT_OUT" } });

	await button(words.signOut).click();
	await page.getByRole("heading", { name: words.signInHeading }).waitFor();
	// The refused sign-in is an answer of 401, which a browser calls an error.
	expect(faults.filter((fault) => !fault.includes("401"))).toEqual([]);
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
