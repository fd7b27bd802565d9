import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { DevToolsEvent } from "../../../../cli/kiosk/devtools-pipe.ts";
import type { StationAnswer, StationPage } from "../../../../cli/kiosk/station-page.ts";
import { WAITING_PAGE } from "../../../../cli/kiosk/waiting-page.ts";
import { watchPage } from "../../../../cli/kiosk/watch-page.ts";
import { openLog } from "../../../../lib/log.ts";

const KIOSK = "http://127.0.0.1:8470/kiosk#key=k";
const COVERING = { window: { width: 1080, height: 1920 }, screen: { width: 1080, height: 1920 } };

/** A browser with one page that answers as `seen` says; it answers nothing while it hangs. */
function openWatched({ mayLeave = false } = {}) {
	const browser = {
		url: KIOSK,
		hangs: false,
		isLeaving: false,
		answer: { kind: "answers", pin: undefined } as StationAnswer,
	};
	const sent: { method: string; params: unknown }[] = [];
	const ended: string[] = [];
	const onLeave = vi.fn();
	const onShown = vi.fn();
	const onStaffLeave = vi.fn();
	const page: StationPage = {
		address: KIOSK,
		host: "127.0.0.1",
		isShown: (url) => url.startsWith("http://127.0.0.1:8470/kiosk"),
		ask: async () => browser.answer,
		isLeaving: async () => browser.isLeaving,
	};
	const watch = watchPage({
		...{ page, mayLeave, onLeave, onShown, onStaffLeave, pin: undefined, guard: "guard", log: openLog("silent") },
		now: () => Date.now(),
		end: (reason) => ended.push(reason),
	});
	onTestFinished(watch.stop);
	watch.attach({
		async send(method, params) {
			sent.push({ method, params });
			if (method === "Page.navigate") browser.url = (params as { url: string }).url;
			if (method === "Browser.getWindowForTarget") return { windowId: 7 };
			if (method !== "Runtime.evaluate") return {};
			if (browser.hangs) return new Promise(() => {});
			return { result: { value: { url: browser.url, ...COVERING } } };
		},
	});
	const tell = (method: string, params: unknown, sessionId = "s1") =>
		watch.onEvent({ method, params, sessionId } satisfies DevToolsEvent);
	const attach = (targetId: string, url: string) =>
		tell("Target.attachedToTarget", { sessionId: "s1", targetInfo: { targetId, type: "page", url } });
	attach("t1", KIOSK);
	const navigations = () => sent.filter(({ method }) => method === "Page.navigate").map(({ params }) => params);
	return { browser, sent, ended, onLeave, onStaffLeave, onShown, tell, attach, navigations };
}

const passSeconds = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

beforeEach(() => {
	vi.useFakeTimers();
	return () => void vi.useRealTimers();
});

describe("the page in the browser's window", () => {
	test("is left alone while it lives", async () => {
		const { ended, navigations, onShown } = openWatched();
		await passSeconds(60);
		expect(onShown).toHaveBeenCalled();
		expect({ ended, navigations: navigations() }).toEqual({ ended: [], navigations: [] });
	});

	test("ends the window once the station says that a supervisor left", async () => {
		const { browser, onStaffLeave, ended } = openWatched();
		await passSeconds(10);
		expect(onStaffLeave).not.toHaveBeenCalled();
		browser.isLeaving = true;
		await passSeconds(3);
		expect(onStaffLeave).toHaveBeenCalled();
		expect(ended).toEqual([]);
	});

	test("takes its window with it when it crashes, hangs or is closed", async () => {
		const crashed = openWatched();
		crashed.tell("Inspector.targetCrashed", {});
		expect(crashed.ended).toEqual(["its page has crashed"]);

		const hung = openWatched();
		hung.browser.hangs = true;
		await passSeconds(6);
		expect(hung.ended).toEqual([]);
		await passSeconds(6);
		expect(hung.ended[0]).toBe("its page hangs");

		const closed = openWatched();
		closed.tell("Target.targetDestroyed", { targetId: "other" });
		expect(closed.ended).toEqual([]);
		closed.tell("Target.targetDestroyed", { targetId: "t1" });
		expect(closed.ended).toEqual(["the window was closed"]);
	});

	test("a page that is busy for some seconds is not ended", async () => {
		const { browser, ended } = openWatched();
		for (let round = 0; round < 10; round += 1) {
			browser.hangs = true;
			await passSeconds(5);
			browser.hangs = false;
			await passSeconds(3);
		}
		expect(ended).toEqual([]);
	});

	test.for(["https://evil.example/", "http://127.0.0.1:8470/desk", "chrome://newtab/", "file:///etc/passwd"])(
		"that goes to %s is brought back",
		async (url) => {
			const { browser, tell, navigations } = openWatched();
			browser.url = url;
			tell("Target.targetInfoChanged", { targetInfo: { targetId: "t1", type: "page", url } });
			await passSeconds(1);
			expect(navigations()).toEqual([{ url: KIOSK }]);
		},
	);

	test("that does not load is loaded again after growing pauses", async () => {
		const { browser, navigations } = openWatched();
		const fails = () => {
			browser.url = "chrome-error://chromewebdata/";
		};
		fails();
		const counts: number[] = [];
		for (let second = 0; second < 120; second += 1) {
			await passSeconds(1);
			fails();
			counts.push(navigations().length);
		}
		const [inFirstMinute = 0, inAll = 0] = [counts[59], counts[119]];
		expect(inFirstMinute).toBeGreaterThan(5);
		expect(inAll - inFirstMinute).toBeLessThan(inFirstMinute);
	});

	test("says that it waits while the station is away, and comes back with it", async () => {
		const { browser, tell, navigations, ended } = openWatched();
		browser.answer = { kind: "away", because: "nothing listens" };
		browser.url = "chrome-error://chromewebdata/";
		tell("Page.frameNavigated", {});
		await passSeconds(10);
		expect(new Set(navigations().map((one) => (one as { url: string }).url))).toEqual(new Set([WAITING_PAGE]));
		browser.answer = { kind: "answers", pin: undefined };
		await passSeconds(3);
		expect(navigations().at(-1)).toEqual({ url: KIOSK });
		expect(ended).toEqual([]);
	});

	test("needs a new browser when the station shows another key", async () => {
		const { browser, tell, ended } = openWatched();
		browser.answer = { kind: "answers", pin: "another" };
		browser.url = "chrome-error://chromewebdata/";
		tell("Page.frameNavigated", {});
		await passSeconds(2);
		expect(ended).toContain("the station's key has changed");
	});
});

test("a window that opens beside it is closed", () => {
	const { attach, sent } = openWatched();
	attach("t2", "chrome://newtab/");
	expect(sent.at(-1)).toEqual({ method: "Target.closeTarget", params: { targetId: "t2" } });
});

test("a page's questions are answered with no, but for the one whether to leave it", () => {
	const { tell, sent } = openWatched();
	for (const type of ["alert", "confirm", "prompt", "beforeunload"])
		tell("Page.javascriptDialogOpening", { type, message: "x", url: "u" });
	const answers = sent.filter(({ method }) => method === "Page.handleJavaScriptDialog").map(({ params }) => params);
	expect(answers).toEqual([{ accept: false }, { accept: false }, { accept: false }, { accept: true }]);
});

test("only in the demo can a page's key or a closed window lead out", () => {
	const kiosk = openWatched();
	kiosk.tell("Runtime.bindingCalled", { name: "paihaoLeave" });
	expect(kiosk.onLeave).not.toHaveBeenCalled();
	expect(kiosk.sent.map(({ method }) => method)).not.toContain("Runtime.addBinding");

	const demo = openWatched({ mayLeave: true });
	demo.tell("Runtime.bindingCalled", { name: "paihaoLeave" });
	demo.tell("Target.targetDestroyed", { targetId: "t1" });
	expect(demo.onLeave).toHaveBeenCalledTimes(2);
	expect(demo.ended).toEqual([]);
});

test("a browser that shows no page to watch is ended", async () => {
	const ended: string[] = [];
	const watch = watchPage({
		...{ mayLeave: false, onLeave() {}, onShown() {}, pin: undefined, guard: "", log: openLog("silent") },
		page: {
			...{ address: KIOSK, host: "", isShown: () => true, isLeaving: async () => false },
			ask: async () => ({ kind: "answers", pin: undefined }),
		},
		now: () => Date.now(),
		end: (reason) => ended.push(reason),
	});
	onTestFinished(watch.stop);
	watch.attach({ send: async () => ({}) });
	await passSeconds(20);
	expect(ended).toEqual([]);
	await passSeconds(20);
	expect(ended[0]).toBe("its page cannot be watched");
});
