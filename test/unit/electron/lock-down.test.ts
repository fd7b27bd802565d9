import { EventEmitter } from "node:events";
import type { Clipboard, Session, WebContents } from "electron";
import { describe, expect, test, vi } from "vitest";
import { kioskWindowOptions } from "../../../electron/kiosk-window.ts";
import { lockDownContents, lockDownSession } from "../../../electron/lock-down.ts";

/** Whether anybody refused it. */
function offer(emitter: EventEmitter, name: string, details: object = {}, ...more: unknown[]): "refused" | "allowed" {
	const preventDefault = vi.fn();
	emitter.emit(name, { ...details, preventDefault }, ...more);
	return preventDefault.mock.calls.length > 0 ? "refused" : "allowed";
}

describe("the session", () => {
	const handlers = new Map<string, (...parameters: unknown[]) => unknown>();
	const keep = (name: string) => (handler: (...parameters: unknown[]) => unknown) => void handlers.set(name, handler);
	let spellChecker = true;
	const session = Object.assign(new EventEmitter(), {
		setPermissionRequestHandler: keep("request"),
		setPermissionCheckHandler: keep("check"),
		setDevicePermissionHandler: keep("device"),
		setDisplayMediaRequestHandler: keep("display"),
		setSpellCheckerEnabled: (enabled: boolean) => {
			spellChecker = enabled;
		},
		webRequest: { onBeforeRequest: keep("load") },
	});
	lockDownSession(session as unknown as Session);
	const ask = (name: string, ...parameters: unknown[]) => handlers.get(name)?.(...parameters);

	test.for(["media", "geolocation", "notifications", "fullscreen", "openExternal", "clipboard-read", "unknown"])(
		"%s is not granted",
		(permission) => {
			const answer = vi.fn();
			ask("request", {}, permission, answer, {});
			expect(answer.mock.calls).toEqual([[false]]);
			expect(ask("check", null, permission, "paihao://station", {})).toBe(false);
		},
	);

	test("no device, no screen recording, no download, no dictionary from the network", () => {
		expect(ask("device", { deviceType: "usb" })).toBe(false);
		const answer = vi.fn();
		ask("display", {}, answer);
		expect(answer.mock.calls).toEqual([[null]]);
		expect(offer(session, "will-download")).toBe("refused");
		expect(spellChecker).toBe(false);
	});

	test.for([
		["paihao://station/assets/kiosk.js", false],
		["https://fonts.example/x.woff2", true],
	] as const)("a request for %s is cancelled: %s", ([url, cancel]) => {
		const answer = vi.fn();
		ask("load", { url }, answer);
		expect(answer.mock.calls).toEqual([[{ cancel }]]);
	});
});

describe("the contents", () => {
	function lockedContents(leaveKey?: () => void) {
		const contents = Object.assign(new EventEmitter(), {
			setWindowOpenHandler: vi.fn<(handler: () => unknown) => void>(),
			setVisualZoomLevelLimits: vi.fn(async () => {}),
		});
		const [clear, clearSelection] = [vi.fn(), vi.fn()];
		const clipboard = { clear, selection: { clear: clearSelection } } as unknown as Clipboard;
		lockDownContents(contents as unknown as WebContents, { leaveKey, clipboard });
		return Object.assign(contents, { clear, clearSelection });
	}

	test("no context menu, and nothing in the clipboard when a page has loaded", () => {
		const contents = lockedContents();
		expect(offer(contents, "context-menu")).toBe("refused");
		expect(contents.clear).not.toHaveBeenCalled();
		contents.emit("did-finish-load");
		expect(contents.clear).toHaveBeenCalledOnce();
		expect(contents.clearSelection).toHaveBeenCalledOnce();
	});

	test("no new window and no webview", () => {
		const contents = lockedContents();
		expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]()).toEqual({ action: "deny" });
		expect(offer(contents, "will-attach-webview")).toBe("refused");
	});

	test.for([
		["will-navigate", "https://example.org/", true, "refused"],
		["will-navigate", "paihao://station/desk", true, "refused"],
		["will-navigate", "paihao://station/kiosk#key=k1", true, "allowed"],
		["will-redirect", "paihao://station/kiosk", true, "refused"],
		["will-frame-navigate", "paihao://station/kiosk", true, "allowed"],
		["will-frame-navigate", "paihao://station/kiosk", false, "refused"],
		["will-frame-navigate", "file:///etc/passwd", true, "refused"],
	] as const)("%s to %s (main frame: %s) is %s", ([name, url, isMainFrame, outcome]) => {
		expect(offer(lockedContents(), name, { url, isMainFrame })).toBe(outcome);
	});

	test("pinching stays off for every page that is loaded", () => {
		const contents = lockedContents();
		contents.emit("dom-ready");
		contents.emit("dom-ready");
		expect(contents.setVisualZoomLevelLimits.mock.calls).toEqual([
			[1, 1],
			[1, 1],
		]);
	});

	test("a command key does not reach the page; leaving happens once, on the way down, and only in the demo", () => {
		const quit = { key: "q", control: true, alt: false, meta: false };
		const leave = vi.fn();
		const demo = lockedContents(leave);
		expect(offer(demo, "before-input-event", {}, { ...quit, type: "keyDown" })).toBe("refused");
		expect(offer(demo, "before-input-event", {}, { ...quit, type: "keyUp" })).toBe("refused");
		expect(leave).toHaveBeenCalledOnce();
		expect(offer(lockedContents(), "before-input-event", {}, { ...quit, type: "keyDown" })).toBe("refused");
		const letter = { ...quit, control: false, type: "keyDown" };
		expect(offer(lockedContents(), "before-input-event", {}, letter)).toBe("allowed");
	});
});

test("the window is a kiosk, and its page a page in a sandbox", () => {
	const { webPreferences, ...window } = kioskWindowOptions("/out/preload/kiosk.cjs", {
		bounds: { x: 0, y: 40, width: 1080, height: 1920 },
	});
	expect(window).toMatchObject({ kiosk: true, fullscreen: true, frame: false, show: false });
	expect(window).toMatchObject({ x: 0, y: 40, width: 1080, height: 1920 });
	expect(webPreferences).toEqual({
		preload: "/out/preload/kiosk.cjs",
		sandbox: true,
		contextIsolation: true,
		nodeIntegration: false,
		nodeIntegrationInWorker: false,
		nodeIntegrationInSubFrames: false,
		webSecurity: true,
		webviewTag: false,
		allowRunningInsecureContent: false,
		experimentalFeatures: false,
		navigateOnDragDrop: false,
		disableDialogs: true,
		devTools: false,
		spellcheck: false,
		backgroundThrottling: false,
	});
});
