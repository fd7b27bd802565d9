import { accessSync, constants } from "node:fs";
import { posix, win32 } from "node:path";

/** Where a browser may be looked for. */
export type BrowserFacts = {
	readonly platform: NodeJS.Platform;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly isProgram: (file: string) => boolean;
};

const NAMES = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "microsoft-edge"];

const MAC_PROGRAMS = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const WINDOWS_PROGRAMS = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
const WINDOWS_FOLDERS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];

/** An installed browser of Chromium's kind. CHROME_PATH wins, and is the only place looked at where it is set. */
export function findBrowser(facts: BrowserFacts): string | undefined {
	return candidates(facts).find(facts.isProgram);
}

function candidates({ platform, env }: BrowserFacts): string[] {
	if (env.CHROME_PATH) return [env.CHROME_PATH];
	if (platform === "win32") {
		const folders = WINDOWS_FOLDERS.flatMap((name) => env[name] ?? []);
		return folders.flatMap((folder) => WINDOWS_PROGRAMS.map((program) => win32.join(folder, program)));
	}
	const folders = (env.PATH ?? "").split(":").filter((folder) => folder !== "");
	const onPath = NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
	return platform === "darwin" ? [...MAC_PROGRAMS, ...onPath] : onPath;
}

/** What to tell a person on whose machine none was found. */
export function howToGetBrowser({ platform, env }: Pick<BrowserFacts, "platform" | "env">): string {
	if (env.CHROME_PATH) return `CHROME_PATH is ${env.CHROME_PATH}, and there is no program of that name.`;
	const wayThere = platform === "linux" ? "for example with: apt-get install chromium" : "from google.com/chrome";
	return `No Chrome or Chromium was found. Install one, ${wayThere}, or name its program in CHROME_PATH.`;
}

/** The facts of this very machine. */
export function browserFacts(): BrowserFacts {
	return { platform: process.platform, env: process.env, isProgram };
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
