import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServerDatabase } from "../../db/server/open.ts";
import { stream } from "../../db/server/schema/events.ts";
import { instantOfWallClock, wallClock } from "../../lib/time/wall-clock.ts";
import product from "../../package.json" with { type: "json" };
import type { StreamId } from "../../protocol/model/ids.ts";
import catalogueMessages from "../../resources/catalogue/translations/en.json" with { type: "json" };
import messages from "../../resources/languages/fleet/en.json" with { type: "json" };
import { axeErrors, axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { randomId } from "../fixtures/ids.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, spawnProgram, spawnReady, toStation } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
const SITE_NAME = catalogueMessages.locations[SITE].short_name;
const TOPIC_NAME = catalogueMessages.services["work-permit"].name;

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const catalogueFile = (name: string) => join(TOP, "resources/catalogue", name);
/** Every file of the default catalogue, as IT chooses them; `change` replaces one of them. */
function filesOf(change: Readonly<Record<string, unknown>> = {}) {
	const names = ["documents", "groups", "locations", "organizations", "services"].map((name) => `${name}.json`);
	const messages = ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "th", "zh-Hans"];
	return [...names, ...messages.map((language) => `translations/${language}.json`)].map((name) => ({
		name: name.replace("translations/", ""),
		mimeType: "application/json",
		buffer: Buffer.from(
			name in change ? JSON.stringify(change[name]) : readFileSync(catalogueFile(name)).toString("utf8"),
		),
	}));
}

/** A fork as a copied disk leaves it on the server: a log that continues from before another's end. */
async function fork(data: string) {
	const url = readFileSync(join(data, "database-address"), "utf8").trim();
	const { database, close } = await openServerDatabase(url, join(TOP, "db/server/migrations"), { maxConnections: 1 });
	try {
		const [first] = await database.select().from(stream);
		if (!first) throw new Error("The station has given nothing yet.");
		const from = { fromStream: first.id, fromSeq: first.ackedSeq - 1 };
		await database
			.insert(stream)
			.values({ ...first, ...from, id: randomId<StreamId>(), ackedSeq: 0, backedUpSeq: 0, redactedSeq: 0 });
	} finally {
		await close();
	}
}

test("IT manages a station: enrols it, watches it live, sends commands, publishes a catalogue, revokes it", {
	timeout: 240_000,
}, async () => {
	const data = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>(["server", "--data", data, "--port", "0"]);
	const { server: origin } = server.ready;
	const added = await runCommand(["server", "admin", "add", "lin", "--data", data]);
	const { password } = JSON.parse(added.stdout) as { password: string };

	const { page, faults } = await openPage(browser, `${origin}/fleet`, {
		viewport: { width: 1366, height: 768 },
		locale: "en-GB",
		// IT may sit anywhere.
		timezoneId: "America/New_York",
	});
	const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
	const signIn = async (typed: string) => {
		await page.getByLabel(messages.name, { exact: true }).fill("lin");
		await page.getByLabel(messages.password, { exact: true }).fill(typed);
		await button(messages.signIn).click();
	};
	await signIn("wrong");
	await page.getByRole("alert").filter({ hasText: messages["refused.SIGN_IN_REFUSED"] }).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	await signIn(password);
	await page.getByText(messages.none).waitFor();
	// A request without a token belongs to no station, and is shown all the same.
	expect((await fetch(`${origin}/sync/poll`)).status).toBe(401);
	await page.getByText("TOKEN_REQUIRED ×1").waitFor();

	// A code enrols a device, and disappears when it was used.
	await button(messages.enrol).click();
	// The form suggests the catalogue's sites without a station by name.
	const matching = page.locator("datalist option");
	await matching.filter({ hasText: SITE_NAME }).waitFor({ state: "attached" });
	await page.getByLabel(messages.newSite).fill(SITE);
	await button(messages.makeCode).click();
	const code = await page.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).innerText();
	const folder = emptyFolder();
	const flags = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
	const station = await spawnReady(["station", ...flags]);
	const enrolled = await runCommand(["enrol", "--data", folder, "--server", origin, "--code", code]);
	expect(enrolled).toMatchObject({ code: 0 });
	await page.getByText(code, { exact: true }).waitFor({ state: "detached" });
	const issued = await postTicket(station, { topic: "work-permit", language: "ar", key: "the-first-visit" });
	expect(issued.status).toBe(201);

	// The row updates by itself.
	const row = page.getByRole("row").filter({ hasText: SITE });
	await row.filter({ hasText: messages["severity.good"] }).waitFor();
	const field = (name: string) => row.locator(`[data-column="${name}"]`);
	await expect.poll(() => field("waiting").innerText()).toBe("1");
	// As reported before the last push.
	await expect.poll(() => field("unsent").innerText()).toMatch(/^\d$/);
	expect(await field("printer").innerText()).toBe(messages["printer.ready"]);
	expect(await field("paper").innerText()).toBe(messages["paper.ready"]);
	expect(await field("forks").innerText()).toBe("0");
	expect(await field("program").innerText()).toBe(product.version);
	expect(await field("catalogue").innerText()).toBe(messages.ownCatalogue);
	expect(await field("clock").innerText()).toMatch(/^[+-]?\d.* sec$/);
	// The server itself has no backup yet.
	await page.getByText(messages["backup.never"], { exact: true }).waitFor();

	// The counts work as filters.
	const severity = (name: "good" | "bad") =>
		page.getByRole("button", { name: new RegExp(`^${messages[`severity.${name}`]}`) });
	await severity("bad").click();
	await page.getByText(messages.noneFound).waitFor();
	await severity("good").click();

	// A command and its outcome.
	await row.getByRole("button", { name: SITE_NAME }).click();
	await button(messages["action.print-test"]).click();
	const commands = page.getByRole("listitem").filter({ hasText: messages["action.print-test"] });
	await commands.filter({ hasText: messages["outcome.done"] }).waitFor();
	await page.getByRole("combobox").selectOption({ label: TOPIC_NAME });
	const [close, open] = [button(messages["action.close-topic"]), button(messages["action.open-topic"])];
	expect(await open.getAttribute("aria-disabled")).toBe("true");
	await close.click();
	const closing = page.getByRole("listitem").filter({ hasText: `${messages["action.close-topic"]}: ${TOPIC_NAME}` });
	await closing.filter({ hasText: messages["outcome.done"] }).waitFor();
	// A second click on the same button does nothing; the opposite is another button.
	await expect.poll(() => close.getAttribute("aria-disabled")).toBe("true");
	expect(await open.getAttribute("aria-disabled")).toBe("false");
	const refused = await postTicket(station, { topic: "work-permit", language: "ar", key: "the-second-visit" });
	expect((await refused.json()) as object).toMatchObject({ code: "TOPIC_CLOSED" });

	// The whole site, and back again.
	const doneOf = (action: string) =>
		page.getByRole("listitem").filter({ hasText: action }).filter({ hasText: messages["outcome.done"] }).waitFor();
	const askForTicket = async (key: string) =>
		(await postTicket(station, { topic: "language-learning", language: "en", key })).json() as Promise<object>;
	await button(messages["action.close-site"]).click();
	await doneOf(messages["action.close-site"]);
	expect(await askForTicket("while-closed")).toMatchObject({ code: "SITE_CLOSED" });
	await button(messages["action.reopen-site"]).click();
	await doneOf(messages["action.reopen-site"]);
	expect(await askForTicket("open-again")).toMatchObject({ state: "waiting" });
	const asked = page.waitForRequest((request) => request.postData()?.includes("close-site") === true);
	await page.getByLabel(messages.closeUntilTime).fill("23:59");
	const today = wallClock(Date.now(), "Asia/Shanghai").date;
	await button(messages.closeUntil).click();
	const until = instantOfWallClock(today, "23:59", "Asia/Shanghai");
	expect((await asked).postDataJSON()).toMatchObject({ action: { kind: "close-site", until } });
	await page.getByText("23:59").first().waitFor();
	await button(messages["action.reopen-site"]).click();
	await page.getByLabel(messages.closeUntilTime).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);

	// A fork needs attention until somebody reviews it.
	await fork(data);
	await row.filter({ hasText: messages["issue.fork"] }).waitFor({ state: "detached" });
	await button(new RegExp(`^${messages["severity.all"]}`)).click();
	await row.filter({ hasText: messages["issue.fork"] }).waitFor();
	await button(messages["action.review-forks"]).click();
	await row.filter({ hasText: messages["severity.good"] }).waitFor();
	await page.getByText(/1 fork reviewed by lin/).waitFor();

	// What the days of all sites show, in the pictures that supervisors have.
	await button(messages["view.statistics"]).click();
	await page.locator("[data-report] dl").waitFor();
	expect(await axeErrors(page)).toEqual([]);

	// A catalogue: its errors, then its changes, then every station adopts it.
	await button(messages["view.catalogue"]).click();
	const chooser = page.locator('input[type="file"]');
	await chooser.setInputFiles(filesOf({ "groups.json": [] }));
	await page
		.getByText(/\d errors?\. Fix/)
		.first()
		.waitFor();
	expect(await button(messages.publish).count()).toBe(0);
	await chooser.setInputFiles(filesOf());
	await button(messages.publish).click();
	await page.getByText(new RegExp(messages.published.replace("{{version}}", String.raw`\d{14}`))).waitFor();
	await page.getByText(messages.catalogueAdopted_one.replace("{{having}}", "1").replace("{{count}}", "1")).waitFor();
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);

	// A restart needs a confirmation, and is done when the station is back.
	await button(messages["view.stations"]).click();
	await button(messages["action.restart"]).click();
	await page.getByText(messages.restartConfirm).waitFor();
	await page.getByRole("alert").getByRole("button", { name: messages["action.restart"] }).click();
	const restarting = page.getByRole("listitem").filter({ hasText: messages["action.restart"] });
	const again = toStation(await station.readyAgain());
	await restarting.filter({ hasText: messages["outcome.done"] }).waitFor();

	// A revoked station still issues tickets.
	await button(messages["action.revoke"]).click();
	await page.getByText(messages.revokeConfirm).waitFor();
	await page.getByRole("alert").getByRole("button", { name: messages["action.revoke"] }).click();
	await row.filter({ hasText: messages.revokedShort }).waitFor();
	const still = await postTicket(again, { topic: "language-learning", language: "en", key: "the-third-visit" });
	expect(still.status).toBe(201);
	const health = async () => (await (await fetch(`${again.origin}/api/health`)).json()) as object;
	await expect.poll(health, { timeout: 60_000 }).toMatchObject({ sync: { refused: "STATION_REVOKED" } });

	await button(messages.signOut).click();
	await page.getByRole("heading", { name: messages.signInHeading }).waitFor();
	// The browser logs the refused sign-in, a 401, as an error.
	expect(faults.filter((error) => !error.includes("401"))).toEqual([]);
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
