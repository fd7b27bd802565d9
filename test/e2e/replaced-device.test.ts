import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import { enrolDevice } from "../../station/sync/enrolment/enrol-station.ts";
import { signToken } from "../../station/sync/enrolment/station-token.ts";
import { axeErrors } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { geometryErrors, STAFF_RULES, systemFontErrors } from "../fixtures/geometry.ts";
import { asCounter, asSiteId, asStaffId } from "../fixtures/ids.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { runCommand, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

/* A new device in the place of a lost one, set up by touch: enrolled, with the printer and the accounts of the one before. */

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const SITE = "permanent-residence-service-centre";
/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;

const textsIn = (language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(TOP, `resources/languages/first-start/${language}.json`), "utf8"));
const texts = textsIn("en");
const text = (key: string) => texts[key] ?? key;

/** A server with the settings of a device that is lost, and a code for the next one. */
async function serverWithLostDevice(lost: InheritedSettings) {
	const data = emptyServerFolder();
	const { ready } = await spawnProgram<{ server: string }>(["server", "--data", data, "--port", "0"]);
	const makeCode = async () => {
		const { stdout } = await runCommand(["server", "code", "--data", data, "--site", SITE]);
		return (JSON.parse(stdout) as { code: string }).code;
	};
	const device = await enrolDevice({ server: ready.server, code: await makeCode(), site: asSiteId(SITE) });
	const sent = await fetch(`${ready.server}/sync/settings`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Bearer ${await signToken(device, Date.now())}` },
		body: JSON.stringify(lost),
	});
	expect(sent.status).toBe(200);
	return { origin: ready.server, code: await makeCode() };
}

test("a device in a lost one's place is enrolled by touch, tries its printer, and its administrator chooses a PIN", async () => {
	const paper = emptyFolder();
	const printer = await spawnProgram<{ printer: string }>(["printer", "--listen", "0", "--out", paper]);
	const [address = ""] = printer.ready.printer.split("?");
	const { origin, code } = await serverWithLostDevice({
		staff: [
			{ id: asStaffId("0197f7c0-0000-7000-8000-000000000001"), name: "Li Na", role: "administrator" },
			{ id: asStaffId("0197f7c0-0000-7000-8000-000000000002"), name: "Wang", role: "agent" },
		],
		counters: [{ counter: asCounter("2"), setting: { topics: null, languages: ["fr"] } }],
		topics: [],
		printer: { address, profile: "Generic 80 mm" },
	});
	const args = ["station", "--data", emptyFolder(), "--headless", "--port", "0"];
	const station = await spawnReady(args, { PAIHAO_FIRST_START: "touch" });
	const { page, faults } = await openPage(browser, station.ready.kiosk, {
		viewport: { width: 1080, height: 1920 },
		hasTouch: true,
	});
	const button = (name: string) => page.getByRole("button", { name, exact: true });
	const heading = (key: string) => page.getByRole("heading", { name: text(key), exact: true }).waitFor();
	const type = async (keys: string) => {
		for (const key of keys.toLowerCase()) await button(key).click();
	};

	await button("English").click();
	await heading("site.heading");
	await page
		.getByRole("group", { name: text("site.kind.centre"), exact: true })
		.getByRole("button")
		.click();
	await button(text("site.use")).click();
	await heading("printer.heading");
	await button(text("printer.none")).click();
	await heading("clock.heading");
	await button(text("clock.yes")).click();

	await heading("server.heading");
	await button(text("server.now")).click();
	await heading("server.address");
	for (const _ of "https://") await button(text("erase")).click();
	await type(origin);
	await button(text("next")).click();
	await heading("server.code");
	// As it is read out: without the hyphen.
	await type(code.replace("-", ""));
	await button(text("server.join")).click();
	await heading("server.joined");
	await page.getByText(text("server.takenOver").replace("{{count}}", "2")).waitFor();
	await page.getByText(text("server.inheritedPrinter").replace("{{place}}", address)).waitFor();
	await look(page, "joined");

	await button(text("server.tryPrinter")).click();
	await heading("printer.heading");
	const inherited = page.getByRole("button", { name: text("printer.kind.inherited") });
	await inherited.waitFor();
	await look(page, "printer");
	await inherited.click();
	await heading("printer.check");
	await button(text("printer.right")).click();
	await heading("clock.heading");
	await button(text("clock.yes")).click();
	// What was taken is no longer offered.
	await heading("server.joined");
	expect(await button(text("server.tryPrinter")).count()).toBe(0);
	await button(text("next")).click();
	await heading("devices.heading");
	await button(text("next")).click();

	await heading("supervisor.heading");
	expect(await button("Wang").count()).toBe(0);
	await button("Li Na").click();
	await look(page, "supervisor");
	await button(text("next")).click();
	await page.getByRole("heading", { name: text("supervisor.pin").replace("{{name}}", "Li Na") }).waitFor();
	await type("4821");
	await button(text("ok")).click();
	await type("4821");
	await heading("done.heading");
	await page.getByText(address).waitFor();

	const signIn = await fetch(`${station.origin}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ staff: "Li Na", pin: "4821", counter: "2" }),
	});
	expect(await signIn.json()).toMatchObject({ role: "administrator" });
	expect(faults).toEqual([]);
});

/** In both languages. */
async function look(page: Page, step: string): Promise<void> {
	for (const name of ["中文", "English"]) {
		await page.getByRole("button", { name, exact: true }).click();
		await page.evaluate(() => document.fonts.ready);
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `replaced-${step}-${name}.png`) });
		expect(await systemFontErrors(page), step).toEqual([]);
		expect(await geometryErrors(page, STAFF_RULES), step).toEqual([]);
	}
	expect(await axeErrors(page), step).toEqual([]);
}
