import type { BrowserWindowConstructorOptions, Display } from "electron";

/** The kiosk's window: all of one display, and a page that can do no more than a page in a browser. */
export function kioskWindowOptions(
	preload: string,
	{ bounds: { x, y, width, height } }: Pick<Display, "bounds">,
): BrowserWindowConstructorOptions {
	return {
		// On X11 without a window manager a kiosk's window is not enlarged: it would stay at 800x600.
		...{ x, y, width, height },
		title: "Paihao",
		kiosk: true,
		fullscreen: true,
		frame: false,
		roundedCorners: false,
		autoHideMenuBar: true,
		// Shown once there is something to see: no white flash.
		show: false,
		backgroundColor: "#ffffff",
		webPreferences: {
			preload,
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
			// A kiosk behind another window for a moment must still hear calls and return when idle.
			backgroundThrottling: false,
		},
	};
}

/** Chromium's own switches for a touch screen with no network. */
export const SWITCHES: ReadonlyArray<readonly [name: string, value?: string]> = [
	["disable-pinch"],
	["overscroll-history-navigation", "0"],
	["disable-background-networking"],
	["disable-component-update"],
	["no-pings"],
	// A board speaks without a touch before.
	["autoplay-policy", "no-user-gesture-required"],
];
