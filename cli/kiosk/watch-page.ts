import type { Logger } from "pino";
import { z } from "zod";
import { type Attempts, NO_ATTEMPTS, noteFailure, noteWorking, type PauseRule } from "../../lib/growing-pauses.ts";
import type { DevTools, DevToolsEvent } from "./devtools-pipe.ts";
import { LEAVE_BINDING } from "./page-guard.ts";
import { BEAT_INTERVAL_MS, isHung } from "./page-heartbeat.ts";
import { sizeToCover } from "./screen-size.ts";
import type { StationPage } from "./station-page.ts";
import { WAITING_PAGE } from "./waiting-page.ts";

const PAGE_PAUSES: PauseRule = { firstMs: 250, longestMs: 30_000, forgivenAfterMs: 2_000 };
/** How soon a station that was away is asked again. */
const STATION_POLL_MS = 1_000;

/** A window that opens is blank for some beats on a slow machine. */
const BLANK_WHILE_LOADING = 5;
/** Beats until a browser has a page. One whose policies forbid developer tools shows none. */
const UNSEEN_WHILE_STARTING = 15;

const targetSchema = z.object({ targetId: z.string(), type: z.string(), url: z.string() });
const attachedSchema = z.object({ sessionId: z.string(), targetInfo: targetSchema });
const changedSchema = z.object({ targetInfo: targetSchema });
const goneSchema = z.object({ targetId: z.string() });
const dialogSchema = z.object({ type: z.string() });
const sizeSchema = z.object({ width: z.number(), height: z.number() });
const beatSchema = z.object({
	result: z.object({ value: z.object({ url: z.string(), window: sizeSchema, screen: sizeSchema }) }),
});
const windowSchema = z.object({ windowId: z.number() });

const BEAT = `({ url: location.href, window: { width: outerWidth, height: outerHeight }, screen: { width: screen.width, height: screen.height } })`;

export interface WatchOptions {
	page: StationPage;
	/** The key that the browser was told to trust. */
	pin: string | undefined;
	guard: string;
	mayLeave: boolean;
	log: Logger;
	/** Milliseconds of a clock that nobody sets. */
	now: () => number;
	/** The window must go, because its page has crashed, hangs or was closed: a new one is opened. */
	end: (reason: string) => void;
	/** The page is there. */
	onShown: () => void;
	/** Somebody at the demo wants to leave. */
	onLeave: () => void;
	/** A supervisor at the glass has ended the window: nothing is to be opened again. */
	onStaffLeave?: (() => void) | undefined;
}

interface Tab {
	targetId: string;
	sessionId: string;
}

/**
 * Keeps one page in the browser's window, and no other: shows it, asks it every two seconds whether it lives, brings it
 * back when it does not load or goes elsewhere, ends a window whose page is dead, closes what opens beside it, and fits
 * the window to the screen.
 */
export function watchPage(options: WatchOptions): {
	attach(devTools: DevTools): void;
	onEvent(event: DevToolsEvent): void;
	stop(): void;
} {
	const { page, log, now, mayLeave } = options;
	let devTools: DevTools | undefined;
	let tab: Tab | undefined;
	let attempts: Attempts = NO_ATTEMPTS;
	let nextShow: NodeJS.Timeout | undefined;
	let missed = 0;
	let blank = 0;
	let unseen = 0;
	let isAwaited = false;
	let stopped = false;

	const send = async (method: string, params?: object) => devTools?.send(method, params);
	const sendToTab = async (method: string, params?: object) => tab && devTools?.send(method, params, tab.sessionId);
	/** For what may fail because the browser is about to end; that it ends is noticed elsewhere. */
	const attempt = (sent: Promise<unknown>) => void sent.catch(() => {});

	const showAfter = (pauseMs: number) => {
		if (stopped || nextShow !== undefined) return;
		nextShow = setTimeout(() => {
			nextShow = undefined;
			void show().catch(() => {});
		}, pauseMs);
	};
	const showAgain = (reason: string) => {
		if (stopped || nextShow !== undefined) return;
		const failure = noteFailure(attempts, now(), PAGE_PAUSES);
		attempts = failure.attempts;
		log.warn({ event: "kiosk.page.reloaded", reason, waitMs: failure.pauseMs }, "the kiosk's page is loaded again");
		showAfter(failure.pauseMs);
	};

	async function show(): Promise<void> {
		const answer = await page.ask();
		if (stopped) return;
		if (answer.kind === "away") {
			if (!isAwaited) log.warn({ event: "kiosk.station.awaited", reason: answer.because }, "the station is away");
			isAwaited = true;
			attempt(sendToTab("Page.navigate", { url: WAITING_PAGE }));
			return showAfter(STATION_POLL_MS);
		}
		isAwaited = false;
		if (answer.pin !== options.pin) return options.end("the station's key has changed");
		// A load that fails ends at the browser's error page, which the next beat meets.
		await sendToTab("Page.navigate", { url: page.address });
	}

	async function beat(): Promise<void> {
		if (stopped || tab === undefined) return;
		missed += 1;
		const { sessionId } = tab;
		const answer = await sendToTab("Runtime.evaluate", { expression: BEAT, returnByValue: true });
		if (stopped || tab?.sessionId !== sessionId) return;
		missed = 0;
		const { value } = beatSchema.parse(answer).result;
		blank = value.url === "about:blank" ? blank + 1 : 0;
		if (page.isShown(value.url)) {
			attempts = noteWorking(attempts, now());
			options.onShown();
		} else if (blank > 0 && blank < BLANK_WHILE_LOADING) return;
		else if (value.url !== WAITING_PAGE) showAgain(`it shows ${withoutQuery(value.url)}`);
		else showAfter(STATION_POLL_MS);
		await coverScreen(value);
		// The station is asked, never the page: a hostile page could say anything.
		if (options.onStaffLeave && page.isShown(value.url) && (await page.isLeaving())) options.onStaffLeave();
	}

	async function coverScreen({ window, screen }: z.infer<typeof beatSchema>["result"]["value"]): Promise<void> {
		const size = sizeToCover(window, screen);
		if (size === undefined || tab === undefined) return;
		const { windowId } = windowSchema.parse(await send("Browser.getWindowForTarget", { targetId: tab.targetId }));
		for (const bounds of [{ windowState: "normal" }, { left: 0, top: 0, ...size }, { windowState: "fullscreen" }])
			await send("Browser.setWindowBounds", { windowId, bounds });
	}

	const beats = setInterval(() => {
		if (tab === undefined) unseen += 1;
		if (unseen >= UNSEEN_WHILE_STARTING) return options.end("its page cannot be watched");
		if (isHung(missed)) return options.end("its page hangs");
		void beat().catch(() => {});
	}, BEAT_INTERVAL_MS);

	function adopt(opened: Tab): void {
		tab = opened;
		attempt(sendToTab("Page.enable"));
		attempt(sendToTab("Inspector.enable"));
		attempt(sendToTab("Page.setInterceptFileChooserDialog", { enabled: true }));
		if (mayLeave) {
			attempt(sendToTab("Runtime.enable"));
			attempt(sendToTab("Runtime.addBinding", { name: LEAVE_BINDING }));
		}
		attempt(sendToTab("Page.addScriptToEvaluateOnNewDocument", { source: options.guard }));
		attempt(sendToTab("Runtime.evaluate", { expression: options.guard }));
	}

	return {
		attach(opened) {
			devTools = opened;
			attempt(send("Target.setDiscoverTargets", { discover: true }));
			attempt(send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }));
			attempt(send("Browser.setDownloadBehavior", { behavior: "deny" }));
		},
		onEvent({ method, params, sessionId }) {
			if (stopped) return;
			switch (method) {
				case "Target.attachedToTarget": {
					const { sessionId: session, targetInfo } = attachedSchema.parse(params);
					if (targetInfo.type !== "page") return;
					if (tab === undefined) return adopt({ targetId: targetInfo.targetId, sessionId: session });
					if (targetInfo.targetId === tab.targetId) return;
					log.warn({ event: "kiosk.window.closed", url: withoutQuery(targetInfo.url) }, "another window is closed");
					return attempt(send("Target.closeTarget", { targetId: targetInfo.targetId }));
				}
				case "Target.targetInfoChanged": {
					const { targetId, url } = changedSchema.parse(params).targetInfo;
					const isElsewhere = /^(https?|file|chrome(-untrusted)?|view-source):/.test(url) && !page.isShown(url);
					if (targetId === tab?.targetId && isElsewhere) showAgain(`it went to ${withoutQuery(url)}`);
					return;
				}
				case "Target.targetDestroyed":
					if (goneSchema.parse(params).targetId !== tab?.targetId) return;
					return mayLeave ? options.onLeave() : options.end("the window was closed");
				case "Inspector.targetCrashed":
					// A dead page lets every key through to the browser, under the browser's own message: the window goes at once.
					if (sessionId === tab?.sessionId) options.end("its page has crashed");
					return;
				case "Page.frameNavigated":
				case "Page.loadEventFired":
					if (sessionId === tab?.sessionId) void beat().catch(() => {});
					return;
				case "Page.javascriptDialogOpening":
					// The question whether to leave a page is answered with yes, every other one with no.
					return attempt(
						sendToTab("Page.handleJavaScriptDialog", { accept: dialogSchema.parse(params).type === "beforeunload" }),
					);
				case "Runtime.bindingCalled":
					if (mayLeave && sessionId === tab?.sessionId) options.onLeave();
			}
		},
		stop() {
			stopped = true;
			clearInterval(beats);
			clearTimeout(nextShow);
		},
	};
}

/** For the log: a fragment may hold the kiosk's key. */
function withoutQuery(url: string): string {
	return url.startsWith("data:") ? "a data: page" : (url.split(/[?#]/, 1)[0] ?? "");
}
