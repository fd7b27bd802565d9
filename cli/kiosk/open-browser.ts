import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Logger } from "pino";
import { browserArguments } from "./browser-arguments.ts";
import { prepareProfile } from "./browser-profile.ts";
import { type DevTools, openDevTools } from "./devtools-pipe.ts";
import { guessScreenSize } from "./screen-size.ts";
import type { StationPage } from "./station-page.ts";
import { WAITING_PAGE } from "./waiting-page.ts";
import { watchPage } from "./watch-page.ts";

/** A kiosk's window, in the shell or in a browser. */
export interface Kiosk {
	/** The exit code, once the window is closed or its program has ended. */
	closed: Promise<number>;
	close(): Promise<void>;
}

export interface BrowserKioskOptions {
	program: string;
	/** Programs of Chromium's kind have no sandbox for root. */
	asRoot: boolean;
	/** A folder for the browser's own files. */
	profile: string;
	page: StationPage;
	/** The script of pageGuardOf. */
	guard: string;
	mayLeave: boolean;
	log: Logger;
	/** The page is there. */
	onShown?: () => void;
	/** A supervisor at the glass has ended the window. */
	onStaffLeave?: () => void;
}

/** Before the two seconds are over that a command is given to end. */
const CLOSE_TIMEOUT_MS = 1_600;

/** Opens a browser on the kiosk's page and keeps it there until the browser ends or is closed. Never rejects. */
export async function openBrowser(options: BrowserKioskOptions): Promise<Kiosk> {
	const { program, asRoot, profile, page, log } = options;
	const answer = await page.ask();
	const pin = answer.kind === "answers" ? answer.pin : undefined;
	const url = answer.kind === "answers" ? page.address : WAITING_PAGE;
	const args = browserArguments({ url, profile, asRoot, screen: guessScreenSize(), host: page.host, pin });
	try {
		prepareProfile(profile);
	} catch (error) {
		// A full disk: the browser may start all the same.
		log.warn({ event: "kiosk.profile.failed", err: error }, "the browser's folder cannot be written");
	}
	const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
	const ended = endOf(child);
	let reason: string | undefined;
	const end = (because: string) => {
		reason ??= because;
		child.kill("SIGKILL");
	};
	const watch = watchPage({
		...options,
		...{ pin, end, now: () => performance.now() },
		onShown: options.onShown ?? (() => {}),
		onLeave: () => void close(),
	});
	const lastWords = collectLastWords(child);
	const devTools = connect(child, (event) => {
		try {
			watch.onEvent(event);
		} catch (error) {
			// Another browser's protocol: a window that is not watched must not stay.
			end(`its protocol is not understood: ${String(error)}`);
		}
	});
	if (devTools) watch.attach(devTools);

	let isClosing = false;
	const closed = ended.then(({ code, error }) => {
		watch.stop();
		if (!isClosing)
			log.warn(
				{ event: "kiosk.window.ended", reason: reason ?? error ?? "the browser has ended", said: lastWords() },
				"the kiosk's window has ended",
			);
		return isClosing ? 0 : code;
	});
	async function close(): Promise<void> {
		isClosing = true;
		watch.stop();
		child.kill("SIGTERM");
		const force = setTimeout(() => child.kill("SIGKILL"), CLOSE_TIMEOUT_MS);
		await closed;
		clearTimeout(force);
	}
	return { closed, close };
}

function endOf(child: ChildProcess): Promise<{ code: number; error?: string }> {
	return new Promise((resolve) => {
		child.once("error", (error) => resolve({ code: 1, error: error.message }));
		child.once("exit", (code) => resolve({ code: code ?? 1 }));
	});
}

/** Undefined where the program could not be started. */
function connect(child: ChildProcess, onEvent: Parameters<typeof openDevTools>[1]): DevTools | undefined {
	const [, , , input, output] = child.stdio as [unknown, unknown, unknown, Writable | null, Readable | null];
	if (!input || !output) return undefined;
	return openDevTools({ input, output }, onEvent);
}

/** Why a browser ended is in the last lines that it wrote. */
function collectLastWords(child: ChildProcess): () => string[] {
	const KEPT = 3;
	const lines: string[] = [];
	if (child.stderr)
		createInterface({ input: child.stderr }).on("line", (line) => {
			lines.push(line.slice(0, 300));
			if (lines.length > KEPT) lines.shift();
		});
	return () => lines;
}
