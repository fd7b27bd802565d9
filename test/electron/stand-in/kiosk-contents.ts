import { EventEmitter } from "node:events";
import type { Chromium } from "./chromium.ts";
import { isolated, RECEIVER } from "./isolated-preload.ts";
import type { SchemeServer } from "./scheme-server.ts";

type WindowOpenHandler = (details: { url: string }) => { action: "deny" | "allow" };

const WINDOW_BINDING = "standInWindow";
/** A denied window.open gives the page nothing; whether it was denied, the app's handler says. */
const NO_WINDOWS = `globalThis.open = (url) => {
	${WINDOW_BINDING}(new URL(url, location.href).href);
	return null;
};`;

interface PausedRequest {
	requestId: string;
	redirectedRequestId?: string;
	frameId: string;
	request: { url: string };
}

/** `webContents` over one page of Chromium. */
export class KioskContents extends EventEmitter {
	readonly #chromium: Chromium;
	readonly #scheme: SchemeServer;
	readonly #session: string;
	readonly #frame: string;
	#openHandler: WindowOpenHandler = () => ({ action: "allow" });
	/** Loads that the app asked for; every other one is the page's own, and the app may refuse it. */
	#askedFor: string | undefined;

	static async open(chromium: Chromium, scheme: SchemeServer, preload: string): Promise<KioskContents> {
		const { targetInfos } = await chromium.send("Target.getTargets");
		const pages = targetInfos as { type: string; targetId: string }[];
		const targetId = pages.find(({ type }) => type === "page")?.targetId ?? "";
		const { sessionId } = await chromium.send("Target.attachToTarget", { targetId, flatten: true });
		const contents = new KioskContents(chromium, scheme, String(sessionId), targetId);
		await contents.#prepare(preload);
		return contents;
	}

	private constructor(chromium: Chromium, scheme: SchemeServer, session: string, targetId: string) {
		super();
		this.#chromium = chromium;
		this.#scheme = scheme;
		this.#session = session;
		// In Chromium a page's main frame has its target's id.
		this.#frame = targetId;
		chromium.listen((method, params, sessionId) => {
			if (sessionId !== session) return;
			if (method === "Fetch.requestPaused") this.#judgeLoad(params as unknown as PausedRequest);
			if (method === "Runtime.bindingCalled" && params.name === WINDOW_BINDING)
				this.#judgeWindow(String(params.payload));
			if (method === "Inspector.targetCrashed")
				this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
			if (method === "Page.domContentEventFired") this.emit("dom-ready");
			if (method === "Page.loadEventFired") this.emit("did-finish-load");
			if (method === "Network.responseReceived" && params.type === "Document" && params.frameId === this.#frame) {
				const { url, status } = params.response as { url: string; status: number };
				this.emit("did-navigate", {}, this.#scheme.inward(url), status);
			}
		});
	}

	async #prepare(preload: string): Promise<void> {
		await this.#send("Page.enable");
		await this.#send("Network.enable");
		await this.#send("Inspector.enable");
		await this.#send("Runtime.enable");
		await this.#send("Runtime.addBinding", { name: WINDOW_BINDING });
		await this.#send("Fetch.enable", { patterns: [{ resourceType: "Document" }] });
		await this.#send("Page.addScriptToEvaluateOnNewDocument", { source: RECEIVER });
		await this.#send("Page.addScriptToEvaluateOnNewDocument", {
			source: isolated(preload),
			worldName: "isolated preload",
		});
		await this.#send("Page.addScriptToEvaluateOnNewDocument", { source: NO_WINDOWS });
	}

	async loadURL(url: string): Promise<void> {
		this.#askedFor = this.#scheme.outward(url);
		const { errorText } = await this.#send("Page.navigate", { url: this.#askedFor });
		if (typeof errorText !== "string") return;
		this.emit("did-fail-load", {}, -2, errorText, url, true);
		throw new Error(errorText);
	}

	setWindowOpenHandler(handler: WindowOpenHandler): void {
		this.#openHandler = handler;
	}

	async setVisualZoomLevelLimits(): Promise<void> {}

	forcefullyCrashRenderer(): void {
		// Never answered: there is nobody left to do so.
		void this.#send("Page.crash").catch(() => {});
	}

	#send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>> {
		return this.#chromium.send(method, params, this.#session);
	}

	#judgeLoad({ requestId, redirectedRequestId, frameId, request }: PausedRequest): void {
		const asked = this.#askedFor?.split("#", 1)[0] === request.url;
		if (asked) this.#askedFor = undefined;
		let refused = false;
		const event = {
			url: this.#scheme.inward(request.url),
			isMainFrame: frameId === this.#frame,
			preventDefault: () => {
				refused = true;
			},
		};
		if (redirectedRequestId !== undefined) this.emit("will-redirect", event);
		else if (!asked) {
			if (event.isMainFrame) this.emit("will-navigate", event);
			this.emit("will-frame-navigate", event);
		}
		void this.#send(refused ? "Fetch.failRequest" : "Fetch.continueRequest", {
			requestId,
			...(refused ? { errorReason: "Aborted" } : {}),
		}).catch(() => {});
	}

	#judgeWindow(url: string): void {
		const { action } = this.#openHandler({ url: this.#scheme.inward(url) });
		process.stderr.write(`stand-in: a window for ${this.#scheme.inward(url)}: ${action}\n`);
	}
}
