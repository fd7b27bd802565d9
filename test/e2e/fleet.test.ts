import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServerDatabase } from "../../db/server/open.ts";
import { stream } from "../../db/server/schema/events.ts";
import product from "../../package.json" with { type: "json" };
import catalogueWords from "../../resources/catalogue/translations/en.json" with { type: "json" };
import words from "../../resources/languages/fleet/en.json" with { type: "json" };
import { axeErrors, axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady, toStation } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
const SITE_NAME = catalogueWords.locations[SITE].short_name;
const TOPIC_NAME = catalogueWords.services["work-permit"].name;

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
	return [...names, ...words.map((language) => `translations/${language}.json`)].map((name) => ({
		name: name.replace("translations/", ""),
		mimeType: "application/json",
		buffer: Buffer.from(
			name in change ? JSON.stringify(change[name]) : readFileSync(catalogueFile(name)).toString("utf8"),
		),
	}));
}

/** As the server would know it had the station's disk been copied: a log that goes on from before another's end. */
async function fork(data: string) {
	const url = readFileSync(join(data, "database-address"), "utf8").trim();
	const { database, close } = await openServerDatabase(url, join(TOP, "db/server/migrations"), 1);
	try {
		const [first] = await database.select().from(stream);
		if (!first) throw new Error("The station has given nothing yet.");
		const from = { fromStream: first.id, fromSeq: first.ackedSeq - 1 };
		await database
			.insert(stream)
			.values({ ...first, ...from, id: randomUUID(), ackedSeq: 0, backedUpSeq: 0, redactedSeq: 0 });
	} finally {
		await close();
	}
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
	const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
	const signIn = async (typed: string) => {
		await page.getByLabel(words.name, { exact: true }).fill("lin");
		await page.getByLabel(words.password, { exact: true }).fill(typed);
		await button(words.signIn).click();
	};
	await signIn("wrong");
	await page.getByRole("alert").filter({ hasText: words["refused.SIGN_IN_REFUSED"] }).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	await signIn(password);
	await page.getByText(words.none).waitFor();
	// Who asks without a token is no station's matter, and is told of all the same.
	expect((await fetch(`${origin}/sync/poll`)).status).toBe(401);
	await page.getByText("TOKEN_REQUIRED ×1").waitFor();

	// A code on the page lets a device in, and goes away when it was used.
	await button(words.enrol).click();
	// The catalogue's sites without a station are offered by name.
	const offered = page.locator("datalist option");
	await offered.filter({ hasText: SITE_NAME }).waitFor({ state: "attached" });
	await page.getByLabel(words.newSite).fill(SITE);
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
	await row.filter({ hasText: words["standing.good"] }).waitFor();
	const fact = (name: string) => row.locator(`[data-column="${name}"]`);
	await expect.poll(() => fact("waiting").innerText()).toBe("1");
	// As it was told before the last events were given.
	await expect.poll(() => fact("unsent").innerText()).toMatch(/^\d$/);
	expect(await fact("printer").innerText()).toBe(words["printer.ready"]);
	expect(await fact("paper").innerText()).toBe(words["paper.ready"]);
	expect(await fact("forks").innerText()).toBe("0");
	expect(await fact("program").innerText()).toBe(product.version);
	expect(await fact("catalogue").innerText()).toBe(words.ownCatalogue);
	expect(await fact("clock").innerText()).toMatch(/^[+-]?\d.* sec$/);
	// What is told of the server itself: nothing of it was ever saved elsewhere.
	await page.getByText(words["backup.never"], { exact: true }).waitFor();

	// The counts are filters.
	const severity = (name: "good" | "bad") =>
		page.getByRole("button", { name: new RegExp(`^${words[`standing.${name}`]}`) });
	await severity("bad").click();
	await page.getByText(words.noneFound).waitFor();
	await severity("good").click();

	// A command, and what became of it.
	await row.getByRole("button", { name: SITE_NAME }).click();
	await button(words["action.print-test"]).click();
	const commands = page.getByRole("listitem").filter({ hasText: words["action.print-test"] });
	await commands.filter({ hasText: words["outcome.done"] }).waitFor();
	await page.getByRole("combobox").selectOption({ label: TOPIC_NAME });
	const [close, open] = [button(words["action.close-topic"]), button(words["action.open-topic"])];
	expect(await open.getAttribute("aria-disabled")).toBe("true");
	await close.click();
	const closing = page.getByRole("listitem").filter({ hasText: `${words["action.close-topic"]}: ${TOPIC_NAME}` });
	await closing.filter({ hasText: words["outcome.done"] }).waitFor();
	// What is under the finger does nothing now; the other way stands beside it.
	await expect.poll(() => close.getAttribute("aria-disabled")).toBe("true");
	expect(await open.getAttribute("aria-disabled")).toBe("false");
	const refused = await postTicket(station, { topic: "work-permit", language: "ar", key: "the-second-visit" });
	expect((await refused.json()) as object).toMatchObject({ code: "TOPIC_CLOSED" });
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);

	// A copied disk: to be looked into, until somebody says that it was.
	await fork(data);
	await row.filter({ hasText: words["matter.fork"] }).waitFor({ state: "detached" });
	await button(new RegExp(`^${words["standing.all"]}`)).click();
	await row.filter({ hasText: words["matter.fork"] }).waitFor();
	await button(words["action.review-forks"]).click();
	await row.filter({ hasText: words["standing.good"] }).waitFor();
	await page.getByText(/1 fork looked into by lin/).waitFor();

	// A catalogue: faults are named, then what changes is, then every station takes it.
	await button(words["view.catalogue"]).click();
	const chooser = page.locator('input[type="file"]');
	await chooser.setInputFiles(filesOf({ "groups.json": [] }));
	await page.getByText(/fault/).first().waitFor();
	expect(await button(words.publish).count()).toBe(0);
	await chooser.setInputFiles(filesOf());
	await button(words.publish).click();
	await page.getByText(new RegExp(words.published.replace("{{version}}", String.raw`\d{14}`))).waitFor();
	await page.getByText(words.taken_one.replace("{{having}}", "1").replace("{{count}}", "1")).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);

	// A restart is asked about, and shows itself as done when the station is back.
	await button(words["view.stations"]).click();
	await button(words["action.restart"]).click();
	await page.getByText(words.restartSure).waitFor();
	await page.getByRole("alert").getByRole("button", { name: words["action.restart"] }).click();
	const restarting = page.getByRole("listitem").filter({ hasText: words["action.restart"] });
	const again = toStation(await station.readyAgain());
	await restarting.filter({ hasText: words["outcome.done"] }).waitFor();

	// Shut out, it goes on giving tickets.
	await button(words["action.revoke"]).click();
	await page.getByText(words.shutOutSure).waitFor();
	await page.getByRole("alert").getByRole("button", { name: words["action.revoke"] }).click();
	await row.filter({ hasText: words.shutOutShort }).waitFor();
	const still = await postTicket(again, { topic: "language-learning", language: "en", key: "the-third-visit" });
	expect(still.status).toBe(201);
	const health = async () => (await (await fetch(`${again.origin}/api/health`)).json()) as object;
	await expect.poll(health, { timeout: 60_000 }).toMatchObject({ sync: { refused: "STATION_REVOKED" } });

	await button(words.signOut).click();
	await page.getByRole("heading", { name: words.signInHeading }).waitFor();
	// The refused sign-in is an answer of 401, which a browser calls an error.
	expect(faults.filter((error) => !error.includes("401"))).toEqual([]);
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
