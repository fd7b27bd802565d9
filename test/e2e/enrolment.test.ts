import { readFileSync } from "node:fs";
import { join } from "node:path";
import jsqr from "jsqr";
import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import fleetMessages from "../../resources/languages/fleet/en.json" with { type: "json" };
import messages from "../../resources/languages/setup/en.json" with { type: "json" };
import chinese from "../../resources/languages/setup/zh-Hans.json" with { type: "json" };
import { axeErrors, axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { runCommand, type Spawned, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
const PICTURES = process.env.PAIHAO_PICTURES;

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const keepPicture = async (page: Page, name: string) => {
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `enrol-${name}.png`), fullPage: true });
};

async function signInAtDesk(page: Page, { ready, origin }: Spawned): Promise<void> {
	await page.goto(`${origin}/desk`);
	await page
		.locator("input")
		.nth(0)
		.fill(ready.staff?.name ?? "");
	await page.locator("input[type=password]").fill(ready.staff?.pin ?? "");
	await page.locator('input[name=counter][value="1"]').check();
	await page.keyboard.press("Enter");
	await page.locator('button[aria-keyshortcuts^="N"]').waitFor();
}

test("a supervisor enrols the station at its setup page: typed by touch with a wrong code, then scanned", async () => {
	const serverFolder = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>(["server", "--data", serverFolder, "--port", "0"]);
	const { server: origin } = server.ready;
	const added = await runCommand(["server", "admin", "add", "lin", "--data", serverFolder]);
	const { password } = JSON.parse(added.stdout) as { password: string };
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);

	const here = await openPage(browser, `${station.origin}/setup`, {
		viewport: { width: 1080, height: 1500 },
		locale: "en-GB",
	});
	const { page } = here;
	await signInAtDesk(page, station);
	await page.goto(`${station.origin}/setup`);
	await page.getByText(messages.serverNone).waitFor();

	// Without a keyboard, a code that nobody newCode: nothing is changed.
	await page.getByRole("button", { name: messages["enrol.keys"] }).click();
	await page.getByLabel(messages["enrol.server"]).click();
	for (const key of origin) await page.getByRole("button", { name: key, exact: true }).click();
	await page.getByLabel(messages["enrol.code"]).click();
	for (const key of "aaaaabbbbb") await page.getByRole("button", { name: key, exact: true }).click();
	await keepPicture(page, "typed");
	await page.getByRole("button", { name: messages["enrol.go"], exact: true }).click();
	await page.getByText(messages["enrol.failed.ENROLMENT_CODE_INVALID"]).waitFor();
	await keepPicture(page, "refused");
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	expect(JSON.parse(readFileSync(join(data, "secrets.json"), "utf8"))).not.toHaveProperty("enrolment");

	// IT makes a code; a scanner types what its picture holds.
	const it = await openPage(browser, `${origin}/fleet`, {
		viewport: { width: 1366, height: 768 },
		locale: "en-GB",
		deviceScaleFactor: 2,
	});
	await it.page.getByLabel(fleetMessages.name, { exact: true }).fill("lin");
	await it.page.getByLabel(fleetMessages.password, { exact: true }).fill(password);
	await it.page.getByRole("button", { name: fleetMessages.signIn, exact: true }).click();
	await it.page.getByRole("button", { name: fleetMessages.enrol, exact: true }).click();
	await it.page.getByLabel(fleetMessages.newSite).fill(SITE);
	await it.page.getByRole("button", { name: fleetMessages.makeCode, exact: true }).click();
	const qrCode = it.page.getByRole("img", { name: fleetMessages.codeImage });
	await keepPicture(it.page, "fleet");
	expect(await axeErrors(it.page)).toEqual([]);
	expect(await systemFontErrors(it.page)).toEqual([]);
	const { data: dots, width, height } = PNG.sync.read(await qrCode.screenshot());
	const scanned = jsqr.default(new Uint8ClampedArray(dots), width, height)?.data ?? "";
	await page.getByLabel(messages["enrol.server"]).fill("");
	await page.getByLabel(messages["enrol.server"]).click();
	await page.keyboard.type(scanned);
	await page.keyboard.press("Enter");
	await page.getByText(origin, { exact: true }).waitFor();
	await page
		.getByRole("status")
		.filter({ hasText: /^Connected/ })
		.waitFor();
	await qrCode.waitFor({ state: "detached" });
	const row = it.page.getByRole("row").filter({ hasText: SITE });
	await row.filter({ hasText: fleetMessages["severity.good"] }).waitFor();
	await keepPicture(page, "enrolment-answered");
	expect(await axeErrors(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);

	// Once more, as when a machine was replaced: the old key stops, the events go on in another stream.
	await page.getByRole("button", { name: "中文", exact: true }).click();
	await page.getByText(chinese.enrolAgain, { exact: true }).click();
	await keepPicture(page, "again-zh");
	expect(await systemFontErrors(page)).toEqual([]);
	const { stdout } = await runCommand(["server", "code", "--data", serverFolder, "--site", SITE]);
	await page.getByLabel(chinese["enrol.server"]).fill(origin);
	await page.getByLabel(chinese["enrol.code"]).fill((JSON.parse(stdout) as { code: string }).code.toLowerCase());
	const before = JSON.parse(readFileSync(join(data, "secrets.json"), "utf8"));
	await page.keyboard.press("Enter");
	const enrolment = () => JSON.parse(readFileSync(join(data, "secrets.json"), "utf8")).enrolment;
	await expect.poll(() => enrolment().privateKey).not.toBe(before.enrolment.privateKey);
	const sync = async () => (await (await fetch(`${station.origin}/api/health`)).json()) as object;
	await expect.poll(sync).toMatchObject({ sync: { reachable: true, refused: null, unsent: 0, forks: 1 } });

	// The refused code is the only error in the browser's console.
	expect(here.faults.filter((error) => !error.includes("422"))).toEqual([]);
	// The answer before sign-in is 401.
	expect(it.faults.filter((error) => !error.includes("401"))).toEqual([]);
	expect((await runCommand(["verify", "--data", data, "--server", origin])).code).toBe(0);
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
