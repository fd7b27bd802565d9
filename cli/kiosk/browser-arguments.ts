/** What a browser of Chromium's kind would otherwise do by itself, or offer to a visitor. */
const SWITCHED_OFF = [
	// Questions, bubbles and first-run pages.
	"--no-first-run",
	"--no-default-browser-check",
	"--noerrdialogs",
	"--hide-crash-restore-bubble",
	"--disable-session-crashed-bubble",
	"--disable-search-engine-choice-screen",
	"--disable-notifications",
	"--deny-permission-prompts",
	"--disable-prompt-on-repost",
	// Without a desktop's keyring it would ask for a password.
	"--password-store=basic",
	// Extensions, sign-in, printing, further windows.
	"--disable-extensions",
	"--disable-default-apps",
	"--disable-component-extensions-with-background-pages",
	"--disable-sync",
	"--disable-print-preview",
	"--block-new-web-contents",
	// The network: nothing is fetched, reported or updated, and no proxy is asked for the station.
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-domain-reliability",
	"--disable-breakpad",
	"--disable-quic",
	"--no-pings",
	"--no-proxy-server",
	"--check-for-update-interval=31536000",
	"--simulate-outdated-no-au=Tue, 31 Dec 2099 23:59:59 GMT",
	// Gestures that zoom or go back.
	"--disable-pinch",
	"--overscroll-history-navigation=0",
	"--disable-features=Translate,TranslateUI,MediaRouter,OptimizationHints,AutofillServerCommunication,PasswordManagerOnboarding,GlobalMediaControls,InterestFeedContentSuggestions",
];

/** A window that stays alert behind another one, and a display driver that may crash as often as it likes. */
const KEPT_ALIVE = [
	"--disable-backgrounding-occluded-windows",
	"--disable-renderer-backgrounding",
	"--disable-gpu-process-crash-limit",
	"--autoplay-policy=no-user-gesture-required",
];

export interface BrowserWindow {
	/** The first page. */
	url: string;
	profile: string;
	/** Programs of Chromium's kind have no sandbox for root. */
	asRoot: boolean;
	/** Width and height in pixels. */
	screen: string;
	/** The only machine that the browser can reach. */
	host: string;
	/** SHA-256 of the public key that the station shows over TLS, in base64; undefined for plain HTTP. */
	pin: string | undefined;
}

export function browserArguments({ url, profile, asRoot, screen, host, pin }: BrowserWindow): string[] {
	return [
		"--kiosk",
		// As an app its page gets every key before the browser does.
		`--app=${url}`,
		`--user-data-dir=${profile}`,
		// Measured: without a window manager --kiosk alone does not fill the screen, position and size do.
		"--window-position=0,0",
		`--window-size=${screen}`,
		// The browser ends when this program does, however that ends; no port is open.
		"--remote-debugging-pipe",
		`--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${host}`,
		...SWITCHED_OFF,
		...KEPT_ALIVE,
		...(pin === undefined ? [] : [`--ignore-certificate-errors-spki-list=${pin}`]),
		...(asRoot ? ["--no-sandbox"] : []),
	];
}
