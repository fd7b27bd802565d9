import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeErrorsInTheDark } from "../fixtures/axe.ts";
import { openBrowser, openPage } from "../fixtures/browser.ts";
import { systemFontErrors } from "../fixtures/geometry.ts";
import { postTicket, runCommand, type Spawned, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where the pictures of a run are saved, if somebody wants to look at them. */
const PICTURES = process.env.PAIHAO_PICTURES;
const messages: Record<string, string> = JSON.parse(
	readFileSync(join(TOP, "resources/languages/desk/en.json"), "utf8"),
);

async function keepPicture(page: Page, name: string): Promise<void> {
	if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `desk-${name}.png`) });
}

async function openDesk({ ready }: Spawned, counter: string) {
	const { page, faults } = await openPage(browser, ready.desk, {
		viewport: { width: 1024, height: 768 },
		locale: "en-GB",
	});
	const signIn = async () => {
		await page
			.locator("input")
			.nth(0)
			.fill(ready.staff?.name ?? "");
		await page.locator("input[type=password]").fill(ready.staff?.pin ?? "");
		await page.locator(`input[name=counter][value="${counter}"]`).check();
		await page.keyboard.press("Enter");
	};
	await page.getByRole("button", { name: "English", exact: true }).click();
	await signIn();
	const button = (key: string) => page.locator(`button[aria-keyshortcuts^="${key}"]`);
	return {
		page,
		faults,
		async press(key: string) {
			await button(key).and(page.locator(':not([aria-disabled="true"])')).waitFor();
			await page.keyboard.press(key.toLowerCase());
		},
		/** What was last announced to those who listen. */
		announced: (word: string, number: string) =>
			page
				.getByRole("status")
				.getByText((messages[word] ?? "").replace("{{number}}", number))
				.waitFor(),
	};
}

test("a ticket from call to cancel by keys alone: call, park, call it again, transfer, undo, finish, undo, cancel", async () => {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	for (const language of ["ja", "ar", "en"])
		await postTicket(station, { topic: "work-permit", language, key: crypto.randomUUID() });
	const { page, faults, press, announced } = await openDesk(station, "2");
	await press("N");
	await announced("done_next", "B001");
	await press("K");
	await announced("done_park", "B001");
	await keepPicture(page, "parked");
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	expect(await systemFontErrors(page)).toEqual([]);
	// The row's own button, by Tab and Enter.
	await page.getByRole("button", { name: "Call B001" }).focus();
	await page.keyboard.press("Enter");
	await announced("done_call", "B001");
	await press("T");
	await page.getByRole("dialog").getByRole("combobox").nth(0).selectOption("education");
	await keepPicture(page, "transfer");
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	await page
		.getByRole("dialog")
		.getByRole("button", { name: messages.doTransfer ?? "" })
		.focus();
	await page.keyboard.press("Enter");
	await announced("done_transfer", "B001");
	await keepPicture(page, "transferred");
	await press("U");
	await announced("done_undo", "B001");
	await press("S");
	await announced("done_start", "B001");
	await press("F");
	await announced("done_finish", "B001");
	await press("U");
	await announced("done_undo", "B001");
	await press("O");
	// Two keys within 40 ms are a scanner's.
	await page.getByRole("dialog").getByRole("radio").first().waitFor();
	await keepPicture(page, "outcome");
	await page.keyboard.press("ArrowDown");
	const finished = page.waitForRequest(/\/finish$/);
	await page.keyboard.press("Enter");
	expect((await finished).postDataJSON()).toMatchObject({ outcome: "referred" });
	await announced("done_finish", "B001");
	await press("U");
	await announced("done_undo", "B001");
	await press("C");
	await page.getByRole("radio", { name: messages.reason_duplicate ?? "" }).check();
	await keepPicture(page, "cancel");
	await page.keyboard.press("Enter");
	await announced("done_cancel", "B001");

	// To another site; this one has no server, so the visitor takes a new ticket there.
	await press("N");
	await announced("done_next", "B002");
	await press("T");
	const where = page.getByRole("dialog").getByRole("combobox").nth(2);
	await where.locator("option").nth(1).waitFor({ state: "attached" });
	await where.selectOption({ index: 1 });
	await page
		.getByRole("dialog")
		.getByText(messages.endsHere ?? "")
		.waitFor();
	await where.focus();
	await keepPicture(page, "refer");
	expect(await axeErrorsInTheDark(page)).toEqual([]);
	const site = await where.locator("option").nth(1).textContent();
	await page.keyboard.press("Enter");
	await announced("done_refer", "B002");
	await page
		.getByRole("alert")
		.getByText((messages.referred_undeliverable ?? "").replace("{{site}}", site ?? ""))
		.waitFor();
	await keepPicture(page, "sent-on");
	await press("U");
	await announced("done_undo", "B002");
	expect(faults).toEqual([]);
});

test("signing in at another desk ends the first session, and the first desk says so", async () => {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	const first = await openDesk(station, "1");
	await first.page.getByText(messages.freeNobody ?? "").waitFor();
	const second = await openDesk(station, "3");
	await second.page.getByText(messages.freeNobody ?? "").waitFor();
	await first.page.getByText("You signed in at counter 3").waitFor({ timeout: 15_000 });
});

test("a break, a ticket at the desk, a sentence for the visitor, a note; a lost answer is shown and nothing is done twice", async () => {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	const { page, faults, press, announced } = await openDesk(station, "1");

	await press("Z");
	await page.getByText(messages.onBreak ?? "").waitFor();
	await page.reload();
	await page.getByText(messages.onBreak ?? "").waitFor();
	await press("Z");
	await page.getByText(messages.freeNobody ?? "").waitFor();

	await press("A");
	await page.getByRole("dialog").getByRole("combobox").nth(1).selectOption("ar");
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").getByText("A001").waitFor();
	await keepPicture(page, "issued");
	await page.keyboard.press("Enter");
	// The next key comes once the dialog has closed: nobody types as fast as a reader.
	await page.getByRole("dialog").waitFor({ state: "hidden" });

	await press("N");
	await announced("done_next", "A001");
	await press("V");
	await page.getByRole("button", { name: "Please show me your passport." }).waitFor();
	await page.keyboard.press("3");
	const arabic = JSON.parse(readFileSync(join(TOP, "resources/languages/phrases/ar.json"), "utf8"));
	await page.getByRole("dialog").getByText(arabic.passport).waitFor();
	await keepPicture(page, "phrase");
	expect(await systemFontErrors(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });

	await press("M");
	await page.getByRole("textbox").fill("passport E12345678");
	await page.getByText(messages.personal_passport ?? "").waitFor();
	await page.getByRole("textbox").fill("copy follows");
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	await page.getByText("copy follows").waitFor();

	// The station starts to serve, but its answer is lost.
	await page.route("**/start", async (route) => {
		await route.fetch();
		await route.abort();
	});
	await press("S");
	await page.getByRole("alert").getByText("It may or may not have been done").waitFor();
	await page
		.getByText(messages.servingFor ?? "")
		.first()
		.waitFor();
	await page.unroute("**/start");
	await press("F");
	await announced("done_finish", "A001");
	const actions = await runCommand(["events", "--data", data]);
	expect(actions.stdout.match(/"ticket\.started"/g)).toHaveLength(1);
	expect(faults.filter((error) => !error.includes("net::ERR_FAILED"))).toEqual([]);
});

test("a supervisor closes a topic, limits another, moves staff, unlocks an account, and reads the activity log and a ticket's history; an agent has no such screen", async () => {
	const data = emptyFolder();
	const station = await spawnReady(["demo", "--headless", "--data", data, "--printer", `virtual:${emptyFolder()}`]);
	const { page, faults } = await openDesk(station, "1");
	const supervision: Record<string, string> = JSON.parse(
		readFileSync(join(TOP, "resources/languages/supervision/en.json"), "utf8"),
	);
	const saved = () =>
		page
			.getByRole("status")
			.getByText(supervision.saved ?? "")
			.waitFor();
	await page.getByRole("button", { name: messages.toSupervision ?? "" }).click();
	await page.getByRole("heading", { name: supervision.tab_counters ?? "" }).waitFor();

	await page.keyboard.press("2");
	await page.getByRole("checkbox", { name: "Work permit (A, B, C): Accepting" }).click();
	await saved();
	const refused = await postTicket(station, { topic: "work-permit", language: "en", key: crypto.randomUUID() });
	expect(await refused.json()).toMatchObject({ code: "TOPIC_CLOSED" });
	await page.getByRole("spinbutton", { name: "Social insurance: Daily limit" }).fill("0");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: supervision.quotaSave ?? "", exact: true }).waitFor({ state: "hidden" });
	const full = await postTicket(station, { topic: "social-insurance", language: "en", key: crypto.randomUUID() });
	expect(await full.json()).toMatchObject({ code: "TOPIC_FULL" });
	await keepPicture(page, "topics");

	await page.getByRole("button", { name: supervision.tab_counters ?? "" }).click();
	await page.getByRole("combobox", { name: "Move demo to counter" }).selectOption("4");
	await page.getByRole("button", { name: "Move demo to counter 4" }).click();
	await page
		.getByText(messages.counter?.replace("{{counter}}", "4") ?? "")
		.first()
		.waitFor();
	await page.getByRole("button", { name: supervision.tab_activity ?? "" }).click();
	await page.getByRole("cell", { name: "Closed Work permit (A, B, C)." }).waitFor();
	await page.getByRole("cell", { name: "Opened Social insurance, with a daily limit of 0." }).waitFor();
	await keepPicture(page, "audit");
	expect(await systemFontErrors(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByText("A supervisor has moved you to counter 4.").waitFor();
	expect(faults).toEqual([]);

	const { stdout } = await runCommand(["staff", "add", "Li", "agent", "--data", data]);
	const staff = { name: "Li", pin: /\d{4,}/.exec(stdout)?.[0] ?? "" };
	const signInAsLi = (pin: string) =>
		fetch(`${station.origin}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ staff: staff.name, pin, counter: "2" }),
		});
	for (let wrong = 0; wrong < 5; wrong += 1) await signInAsLi("0000000");
	expect(await (await signInAsLi(staff.pin)).json()).toMatchObject({ code: "STAFF_LOCKED" });
	await page.getByRole("button", { name: messages.toSupervision ?? "" }).click();
	await page.getByRole("button", { name: supervision.tab_staff ?? "" }).click();
	const account = page.getByRole("row", { name: /^Li/ });
	await account.getByText((supervision.staffLocked ?? "").replace("{{time}}", "")).waitFor();
	await account.getByRole("button", { name: `Li: ${supervision.staffUnlock}` }).click();
	await account.getByRole("button", { name: `Li: ${supervision.staffUnlock}` }).waitFor({ state: "hidden" });
	const other = await openDesk({ ...station, ready: { ...station.ready, staff } }, "2");
	await other.page.getByText(messages.freeNobody ?? "").waitFor();
	expect(await other.page.getByRole("button", { name: messages.toSupervision ?? "" }).count()).toBe(0);

	const issued = await postTicket(station, { topic: "education", language: "en", key: crypto.randomUUID() });
	const { number, serviceDay } = (await issued.json()) as { number: string; serviceDay: string };
	for (const key of ["N", "S", "F"]) await other.press(key);
	await other.page.getByText("Today: 1 served, 0 missed").waitFor();
	await page.getByRole("button", { name: supervision.tab_activity ?? "" }).click();
	const history = async (day: string) => {
		await page
			.getByRole("searchbox", { name: supervision.activityNumber ?? "" })
			.fill(`${number[0]?.toLowerCase()}${Number(number.slice(1))}`);
		await page.getByLabel(supervision.activityDay ?? "", { exact: true }).fill(day);
		await page.getByRole("button", { name: supervision.activityShow ?? "" }).click();
	};
	await history(serviceDay);
	await page.getByRole("row", { name: `Li Called ${number} to counter 2.` }).waitFor();
	await page.getByRole("row", { name: `Li Finished ${number} at counter 2` }).waitFor();
	await page.getByRole("cell", { name: "Closed Work permit (A, B, C)." }).waitFor({ state: "hidden" });
	await keepPicture(page, "history");
	await history("2026-01-05");
	await page
		.getByRole("alert")
		.getByText(messages.refusal_TICKET_UNKNOWN ?? "")
		.waitFor();
	expect(faults.filter((fault) => !fault.includes("status of 404"))).toEqual([]);
});
