import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../lib/errors.ts";
import { openLog } from "../../lib/log.ts";
import { prepareConnections } from "../../lib/outgoing-connections.ts";
import { onOff, text } from "../../lib/settings/setting.ts";
import { ADDRESS_FILE } from "../../station/app/address-file.ts";
import { CA_FILE, DATA_FOLDER, STATION_SETTINGS } from "../../station/app/settings.ts";
import { type Context, defineCommand, type Invocation } from "../define-command.ts";
import { browserFacts, findBrowser, howToGetBrowser } from "../find-browser.ts";
import { type KeptWindow, keepOpen } from "../kiosk/keep-open.ts";
import { openBrowser } from "../kiosk/open-browser.ts";
import { pageGuardOf } from "../kiosk/page-guard.ts";
import { managedPolicies } from "../kiosk/policies.ts";
import { readAddressFile, type StationPage, stationPage, withPixelsPerMillimetre } from "../kiosk/station-page.ts";
import { hasDisplay } from "../open-kiosk.ts";
import { shutDownOnSignal } from "../shutdown-on-signal.ts";

/** A supervisor has ended the window: a service manager must not open it again. */
const LEFT_EXIT_CODE = 3;

const FLAG = { isFlagOnly: true } as const;

const OPTIONS = {
	data: { ...DATA_FOLDER, isRequired: false, help: "the data folder of a station on this machine", ...FLAG },
	address: {
		...text("an address that begins with https:// or http://"),
		placeholder: "URL",
		help: "the address of a station on the network, for a kiosk that is paired there",
		...FLAG,
	},
	"address-file": {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "a file with the kiosk's address, such as kiosk-address of a station's data folder",
		...FLAG,
	},
	fingerprint: {
		...text("the SHA-256 fingerprint of a certificate"),
		placeholder: "SHA256",
		help: "the fingerprint of the station's certificate, to trust it whoever signed it; with --address",
		...FLAG,
	},
	ca: { ...CA_FILE, help: "certificates (PEM) to trust as well when connecting to the station", ...FLAG },
	profile: {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "a folder for the browser's own files; without it, .paihao-kiosk in the home folder",
		...FLAG,
	},
	mm: {
		...text("a number of pixels"),
		placeholder: "PIXELS",
		help: "the panel's pixels for one millimetre: 2.71 for 32 inches of full HD",
		...FLAG,
	},
	policies: { ...onOff, help: "print the browser's policies for this kiosk, and open no window", ...FLAG },
	"log-level": { ...STATION_SETTINGS["log-level"], ...FLAG },
} as const;

export function kioskCommand(context: Context): Command {
	return defineCommand(context, {
		name: "kiosk",
		summary: "show the kiosk of a running station in a locked-down browser window",
		description: `The window of a station that runs as a service, on this machine (--data) or elsewhere (--address). It is opened again
whenever the browser ends, and the page is loaded again whenever it crashes or hangs. Nobody at the window can leave
it; SIGTERM ends it. While the station is away the window says so, and comes back by itself.

The policies switch off what flags cannot, for every window of this machine's browser:
  paihao kiosk --data DIR --policies > /etc/chromium/policies/managed/paihao.json`,
		options: OPTIONS,
		async run(invocation) {
			const options = invocation.options();
			const page = pageOf(invocation);
			if (options.policies) {
				invocation.stdout.write(`${JSON.stringify(managedPolicies(new URL(page.address).origin), undefined, "\t")}\n`);
				return;
			}
			prepareConnections({ ca: options.ca && resolve(invocation.cwd, options.ca), env: {} });
			await showWindow(invocation, page);
		},
	});
}

function pageOf({ options, cwd }: Invocation<typeof OPTIONS>): StationPage {
	const { data, address, "address-file": file, fingerprint, mm } = options();
	if ([data, address, file].filter((one) => one !== undefined).length !== 1)
		throw usage("Add one of --data DIR, --address URL and --address-file FILE.");
	if (fingerprint !== undefined && !/^([0-9a-f]{2}:?){32}$/i.test(fingerprint))
		throw usage('The --fingerprint is not a SHA-256: 64 digits and letters from A to F. "paihao station" prints it.');
	const named = address ?? readAddressFile(resolve(cwd, file ?? join(data ?? "", ADDRESS_FILE)));
	return stationPage(mm === undefined ? named : withPixelsPerMillimetre(named, mm), { fingerprint });
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}

async function showWindow(invocation: Invocation<typeof OPTIONS>, page: StationPage): Promise<void> {
	const { top, cwd, env, options } = invocation;
	const { profile, "log-level": level } = options();
	if (!hasDisplay(process.platform, env))
		throw new UserError(
			"NO_DISPLAY",
			"There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. Run this in the session that owns the screen.",
		);
	const facts = browserFacts();
	const program = findBrowser(facts);
	if (program === undefined) throw new UserError("NO_BROWSER", howToGetBrowser(facts));
	const log = openLog(level);
	const browser = {
		...{ program, page, log, mayLeave: false, asRoot: process.getuid?.() === 0 },
		profile: profile === undefined ? join(homedir(), ".paihao-kiosk") : resolve(cwd, profile),
		guard: pageGuardOf(top, { mayLeave: false }),
	};
	const ready = once(() => invocation.print({ ready: "kiosk", pid: process.pid }, "The kiosk is open."));
	const window: KeptWindow = keepOpen({
		open: (onShown) =>
			openBrowser({
				...browser,
				onStaffLeave() {
					process.exitCode = LEFT_EXIT_CODE;
					void window.close();
				},
				onShown() {
					onShown();
					ready();
				},
			}),
		mayLeave: false,
		onReopen: (waitMs) => log.warn({ event: "kiosk.window.reopened", waitMs }, "the kiosk's window is opened again"),
	});
	shutDownOnSignal(window.close, { log });
	await window.ended;
}

function once(run: () => void): () => void {
	let isDone = false;
	return () => {
		if (isDone) return;
		isDone = true;
		run();
	};
}
