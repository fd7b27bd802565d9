import { expect, onTestFinished, test } from "vitest";
import { openServerPage } from "../../fixtures/server-page.ts";
import { startDemo } from "./running-demo.ts";
import { fakeElectronFolder, openShell } from "./running-shell.ts";

const SITE = "permanent-residence-service-centre";

test("a shell that is told to restart opens itself again, and is called done when it is back", async () => {
	const page = await openServerPage();
	await using shell = await openShell();
	shell.paihao("enrol", "--server", page.origin, "--code", await page.codeFor(SITE));
	await expect.poll(async () => (await page.stationOf(SITE))?.lastSeenAt).toEqual(expect.any(Number));

	const number = await page.command(SITE, { kind: "restart" });
	const again = await shell.readyAgain();
	onTestFinished(() => endProcess(again.pid));
	expect(await shell.ended).toEqual({ code: 0, signal: null });
	expect(again.pid).not.toBe(shell.ready.pid);
	await expect(fetch(shell.ready.api)).rejects.toThrow();
	expect((await fetch(again.api)).status).toBe(200);
	await expect.poll(() => page.outcomeOf(SITE, number)).toBe("done");
	// It is nobody's child any more: a signal still ends it.
	endProcess(again.pid);
	const answers = () =>
		fetch(again.api).then(
			() => "answers",
			() => "gone",
		);
	await expect.poll(answers).toBe("gone");
});

test("a shell that a command opened is opened again by it, and both end at a signal", async () => {
	const page = await openServerPage();
	const demo = await startDemo({ DISPLAY: ":0", ELECTRON_OVERRIDE_DIST_PATH: fakeElectronFolder });
	await demo.enrol(page.origin, await page.codeFor(SITE));
	await expect.poll(async () => (await page.stationOf(SITE))?.lastSeenAt).toEqual(expect.any(Number));

	const number = await page.command(SITE, { kind: "restart" });
	const again = await demo.readyAgain();
	expect(again.pid).not.toBe(demo.ready.pid);
	await expect.poll(() => page.outcomeOf(SITE, number)).toBe("done");
	// The same demo: its printer stood all the time.
	expect(again.printer).toBe(demo.ready.printer);
	expect((await fetch(String(again.printer))).status).toBe(200);
	demo.child.kill("SIGTERM");
	expect((await demo.ended)[0]).toBe(0);
	for (const address of [again.api, again.printer]) await expect(fetch(String(address))).rejects.toThrow();
});

/** Asks a process to end; one that has ended already is fine. */
function endProcess(pid: number): void {
	try {
		process.kill(pid, "SIGTERM");
	} catch {
		// It has ended.
	}
}
