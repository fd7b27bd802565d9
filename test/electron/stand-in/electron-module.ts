import { fork, type Serializable, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Chromium } from "./chromium.ts";
import { KioskContents } from "./kiosk-contents.ts";
import { type SchemeHandler, SchemeServer } from "./scheme-server.ts";

/** The module `electron`, as much of it as the shell's main process uses. */

const appFolder = resolve(process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? ".");
const scheme = new SchemeServer();
const ready = Promise.withResolvers<void>();
let chromium: Chromium | undefined;

export async function becomeReady(): Promise<void> {
	await scheme.listen();
	chromium = new Chromium(app.getPath("userData"));
	ready.resolve();
}

class App extends EventEmitter {
	readonly isPackaged = false;
	readonly commandLine = { appendSwitch: () => {} };
	readonly #paths = new Map<string, string>();
	#relaunches = false;

	whenReady(): Promise<void> {
		return ready.promise;
	}

	requestSingleInstanceLock(): boolean {
		return true;
	}

	getVersion(): string {
		return (JSON.parse(readFileSync(join(appFolder, "package.json"), "utf8")) as { version: string }).version;
	}

	getPath(name: string): string {
		const path = this.#paths.get(name);
		if (path === undefined) throw new Error(`the stand-in has no ${name} unless PAIHAO_SHELL_PROFILE names it`);
		return path;
	}

	setPath(name: string, path: string): void {
		this.#paths.set(name, path);
	}

	relaunch(): void {
		this.#relaunches = true;
	}

	exit(code = 0): void {
		void (chromium?.end() ?? Promise.resolve()).then(() => {
			if (this.#relaunches) spawn(process.execPath, process.argv.slice(1), { stdio: "inherit", detached: true });
			process.exit(code);
		});
	}
}

export const app = new App();

/** The window is there before its page is: what the app asks of it waits. */
export class BrowserWindow extends EventEmitter {
	readonly webContents: LateContents;

	constructor(options: { webPreferences: { preload: string } }) {
		super();
		this.webContents = new LateContents(options.webPreferences.preload);
		this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
		app.emit("web-contents-created", {}, this.webContents);
	}

	loadURL(url: string): Promise<void> {
		return this.webContents.loadURL(url);
	}

	show(): void {}
	focus(): void {}
}

class LateContents extends EventEmitter {
	readonly #contents: Promise<KioskContents>;

	constructor(preload: string) {
		super();
		if (chromium === undefined) throw new Error("a window before the app is ready");
		this.#contents = KioskContents.open(chromium, scheme, preload);
		void this.#contents.then((contents) => {
			contents.emit = (name, ...args) => this.emit(name, ...args);
		});
	}

	async loadURL(url: string): Promise<void> {
		await (await this.#contents).loadURL(url);
	}

	setWindowOpenHandler(handler: (details: { url: string }) => { action: "deny" | "allow" }): void {
		void this.#contents.then((contents) => contents.setWindowOpenHandler(handler));
	}

	async setVisualZoomLevelLimits(): Promise<void> {}

	forcefullyCrashRenderer(): void {
		void this.#contents.then((contents) => contents.forcefullyCrashRenderer());
	}
}

export const protocol = {
	registerSchemesAsPrivileged: () => {},
	handle: (_scheme: string, handler: SchemeHandler) => {
		scheme.handler = handler;
	},
};

export const session = {
	defaultSession: Object.assign(new EventEmitter(), {
		setPermissionRequestHandler: () => {},
		setPermissionCheckHandler: () => {},
		setDevicePermissionHandler: () => {},
		setDisplayMediaRequestHandler: () => {},
		setSpellCheckerEnabled: () => {},
		webRequest: { onBeforeRequest: () => {} },
	}),
};

/** What the app's utility processes see of Electron: `process.parentPort`, over Node's channel. */
const PARENT_PORT = `data:text/javascript,${encodeURIComponent(`
process.parentPort = {
	on: (_, listener) => process.on("message", (data) => listener({ data })),
	postMessage: (message) => process.send(message),
};`)}`;

export const utilityProcess = {
	fork(file: string, args: string[], { env }: { env: NodeJS.ProcessEnv }) {
		const execArgv = ["--import", PARENT_PORT];
		const child = fork(file, args, { env, execArgv, serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
		return Object.assign(child, { postMessage: (message: Serializable) => child.send(message) });
	},
};

const display = { id: 1, bounds: { x: 0, y: 0, width: 1080, height: 1920 } };

/** One display: what a second one does is tested without a browser. */
export const screen = Object.assign(new EventEmitter(), {
	getAllDisplays: () => [display],
	getPrimaryDisplay: () => display,
});

export const dialog = { showErrorBox: () => {} };
export const Menu = { setApplicationMenu: () => {} };
export const powerSaveBlocker = { start: () => 1 };
