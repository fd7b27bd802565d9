import type { Clipboard, Session, WebContents } from "electron";
import { decideKey } from "../lib/kiosk-keys.ts";
import { isOwnAddress, isShownPage } from "./scheme.ts";

type LockableSession = Pick<
	Session,
	| "on"
	| "setDevicePermissionHandler"
	| "setDisplayMediaRequestHandler"
	| "setPermissionCheckHandler"
	| "setPermissionRequestHandler"
	| "setSpellCheckerEnabled"
> & { webRequest: Pick<Session["webRequest"], "onBeforeRequest"> };

/** Electron grants every permission unless told otherwise; here no page has any, nor any way to the network. */
export function lockDownSession(session: LockableSession): void {
	session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
	session.setPermissionCheckHandler(() => false);
	session.setDevicePermissionHandler(() => false);
	session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
	session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isOwnAddress(request.url) }));
	session.on("will-download", (event) => event.preventDefault());
	// The spell checker fetches its dictionaries from the network.
	session.setSpellCheckerEnabled(false);
}

type LockableContents = Pick<WebContents, "on" | "setVisualZoomLevelLimits" | "setWindowOpenHandler">;

interface LockOptions {
	/** Called for the keys that leave; undefined where nobody may. */
	leaveKey: (() => void) | undefined;
	clipboard: Pick<Clipboard, "clear" | "selection">;
}

/** Keeps contents on the shell's pages: no other page, no frames, no windows, no command keys, no menu, no pinch. */
export function lockDownContents(contents: LockableContents, { leaveKey, clipboard }: LockOptions): void {
	contents.setWindowOpenHandler(() => ({ action: "deny" }));
	contents.on("will-attach-webview", (event) => event.preventDefault());
	contents.on("will-navigate", (event) => {
		if (!isShownPage(event.url)) event.preventDefault();
	});
	contents.on("will-redirect", (event) => event.preventDefault());
	contents.on("will-frame-navigate", (event) => {
		if (!event.isMainFrame || !isShownPage(event.url)) event.preventDefault();
	});
	contents.on("before-input-event", (event, input) => {
		const decision = decideKey(input, { leave: leaveKey !== undefined });
		if (decision !== "pass") event.preventDefault();
		if (decision === "leave" && input.type === "keyDown") leaveKey?.();
	});
	contents.on("context-menu", (event) => event.preventDefault());
	// Nothing can be copied here; what another program left is not for visitors.
	contents.on("did-finish-load", () => {
		clipboard.clear();
		// X has a second one, for what is selected.
		clipboard.selection?.clear();
	});
	// The limits belong to a renderer: each new one needs them.
	contents.on("dom-ready", () => void contents.setVisualZoomLevelLimits(1, 1).catch(() => {}));
}
