import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { app, BrowserWindow, clipboard, dialog, Menu, powerSaveBlocker, protocol, screen, session } from "electron";
import { errorId, summarizeError } from "../lib/errors.ts";
import { type LogLevel, openLog } from "../lib/log.ts";
import { prepareConnections } from "../lib/outgoing-connections.ts";
import { watchParent } from "../lib/parent-watch.ts";
import { createShutdown, RESTART_EXIT_CODE } from "../lib/shutdown.ts";
import { asSystemUserError } from "../lib/system-error.ts";
import { assetPathsUnder } from "../station/app/asset-paths.ts";
import { readConfiguration } from "../station/app/configuration.ts";
import { openEnrolmentStore } from "../station/app/secrets.ts";
import { type RunningStation, startStation } from "../station/app/start-station.ts";
import { startWithSystem } from "./autostart.ts";
import { boardWindowOptions, keepBoardShown } from "./board-window.ts";
import { commandWords, isService } from "./command-words.ts";
import { CRASH_LOOP_PAGE, type CrashLoop, openCrashLoop } from "./crash-loop.ts";
import { shellDeviceProgram } from "./device-program.ts";
import { kioskWindowOptions, SWITCHES } from "./kiosk-window.ts";
import { lockDownContents, lockDownSession } from "./lock-down.ts";
import { openShellLogFile } from "./log-file.ts";
import { keepPageAlive } from "./recovery.ts";
import { requireSandbox } from "./sandbox.ts";
import { answerThrough, BOARD_PAGE, kioskAddress, STATION_SCHEME } from "./scheme.ts";
import { readShellSettings } from "./settings.ts";
import { withSystemProxy } from "./system-proxy.ts";
import { onUncaughtError } from "./uncaught-errors.ts";

/** The shell: starts the station and shows its kiosk. This file only ties Electron to the modules beside it. */

const here = dirname(fileURLToPath(import.meta.url));
const settings = readShellSettings(process.env);
const words = commandWords(process.argv, { isPackaged: app.isPackaged });

let station: RunningStation | undefined;
let logFile: ReturnType<typeof openShellLogFile>;
let window: BrowserWindow | undefined;
let stopShowing: (() => void) | undefined;
let crashLoop: CrashLoop | undefined;

/** Once the folder for the shell's own files is known. */
function openShellLog(level: LogLevel) {
	logFile ??= openShellLogFile(app, process.platform);
	return openLog(level, logFile);
}

/** Longer than a station needs to close, shorter than the two seconds that a supervisor is promised. */
const SHUTDOWN_TIMEOUT_MS = 1_500;

const shutdown = createShutdown({
	close: async () => {
		stopShowing?.();
		await station?.close();
	},
	timeoutMs: SHUTDOWN_TIMEOUT_MS,
	exit(code) {
		crashLoop?.noteCleanEnd();
		app.exit(code);
	},
	restart() {
		if (settings.restartedBy === "its-command") return app.exit(RESTART_EXIT_CODE);
		// The program of an AppImage lies in a folder that goes away with this process: the image itself is started.
		const image = process.env.APPIMAGE;
		app.relaunch(image === undefined ? undefined : { execPath: image, args: process.argv.slice(1) });
		app.exit(0);
	},
});
if (settings.restartedBy === "its-command") watchParent({ PAIHAO_LAUNCHED: "1" }, shutdown.end);

if (settings.profile !== undefined) {
	mkdirSync(settings.profile, { recursive: true });
	app.setPath("userData", settings.profile);
}
protocol.registerSchemesAsPrivileged([STATION_SCHEME]);
for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);

if (words !== undefined) void runCommand(words);
else if (app.requestSingleInstanceLock()) {
	app.on("second-instance", () => window?.focus());
	// Without a listener Electron ends with its last window.
	app.on("window-all-closed", () => {});
	app.on("before-quit", (event) => {
		event.preventDefault();
		shutdown.end();
	});
	app.on("web-contents-created", (_event, contents) => {
		lockDownContents(contents, { clipboard, leaveKey: settings.mayLeave ? shutdown.end : undefined });
	});
	onUncaughtError(process, {
		logError: (err, message) => openShellLog("error").error({ event: "shell.failed", id: errorId(err), err }, message),
		restart: shutdown.restart,
	});
	for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, shutdown.end);
	// Never awaited at the top: Electron becomes ready only after this module has run to its end.
	void app.whenReady().then(start).catch(giveUp);
} else {
	process.stderr.write("Paihao is already open on this machine.\n");
	app.exit(1);
}

/** The `paihao` command inside the installed shell: the fuses leave it no Node of its own. No window opens. */
async function runCommand(command: readonly string[]): Promise<void> {
	const program = join(here, "paihao.js");
	process.argv = [process.execPath, program, ...command];
	await import(pathToFileURL(program).href);
	if (!isService(command)) app.exit(Number(process.exitCode ?? 0));
}

async function start(): Promise<void> {
	requireSandbox({ isSwitchedOff: app.commandLine.hasSwitch("no-sandbox"), asRoot: process.getuid?.() === 0 });
	startWithSystem(app, { platform: process.platform, mayLeave: settings.mayLeave });
	await waitOutCrashLoop();
	// Configured by PAIHAO_ variables and the file in the data folder: the command line is Chromium's.
	const configuration = readConfiguration(
		{ flags: {}, env: process.env, cwd: process.cwd() },
		{ data: join(app.getPath("userData"), "station") },
	);
	const { enrolment } = openEnrolmentStore(configuration.data).read();
	const log = openShellLog(configuration.logLevel);
	const env = await withSystemProxy(process.env, {
		session: session.defaultSession,
		server: enrolment?.server ?? configuration.server,
		warn: (message) => log.warn({ event: "shell.proxy.unknown" }, message),
	});
	prepareConnections({ ca: configuration.ca, env });
	const files = {
		...assetPathsUnder(join(here, "../.."), app.getVersion()),
		deviceProcess: shellDeviceProgram(join(here, "device-process.js")),
	};
	station = await startStation(configuration, files, {
		log,
		leave: shutdown.end,
		restart() {
			crashLoop?.noteCleanEnd();
			shutdown.restart();
		},
	});
	const { httpApp, kioskKey, ready } = station;
	process.stdout.write(`${JSON.stringify(ready)}\n`);

	Menu.setApplicationMenu(null);
	powerSaveBlocker.start("prevent-display-sleep");
	lockDownSession(session.defaultSession);
	protocol.handle(STATION_SCHEME.scheme, answerThrough(httpApp));

	const opened = new BrowserWindow(kioskWindowOptions(join(here, "../preload/kiosk.cjs"), screen.getPrimaryDisplay()));
	window = opened;
	opened.once("ready-to-show", () => opened.show());
	opened.on("close", (event) => {
		event.preventDefault();
		if (settings.mayLeave) shutdown.end();
	});
	const warn: Parameters<typeof keepPageAlive>[0]["warn"] = (message, details) => log.warn(details, message);
	const show = (name: string, shown: BrowserWindow, address: string) => {
		const load = () => shown.loadURL(address);
		const stop = keepPageAlive({ name, contents: shown.webContents, window: shown, load, warn });
		// did-fail-load reports a load that fails to the recovery.
		load().catch(() => {});
		return stop;
	};
	const stopKiosk = show("kiosk", opened, kioskAddress(kioskKey));
	const stopBoard = keepBoardShown({
		screen,
		open: (display) => {
			const board = new BrowserWindow(boardWindowOptions(display));
			board.once("ready-to-show", () => board.showInactive());
			const stop = show("board", board, BOARD_PAGE);
			return () => {
				stop();
				board.destroy();
			};
		},
	});
	stopShowing = () => {
		stopKiosk();
		stopBoard();
	};
}

/** A shell that crashes again and again would show visitors a window that flickers: it says so, and takes its time. */
async function waitOutCrashLoop(): Promise<void> {
	crashLoop = openCrashLoop(join(app.getPath("userData"), "starts.json"));
	const waitMs = crashLoop.noteStart(Date.now());
	if (waitMs === 0) return;
	openShellLog("warn").warn({ event: "shell.crash-loop", waitMs }, "the shell crashed several times and waits");
	const notice = new BrowserWindow({ ...kioskWindowOptions("", screen.getPrimaryDisplay()), show: true });
	notice.on("close", (event) => {
		event.preventDefault();
		if (settings.mayLeave) shutdown.end();
	});
	notice.loadURL(CRASH_LOOP_PAGE).catch(() => {});
	await pause(waitMs);
	notice.destroy();
}

function giveUp(thrown: unknown): void {
	const { sentence, code, exitCode, id } = summarizeError(asSystemUserError(thrown));
	if (id !== undefined)
		openShellLog("error").error({ event: "shell.failed", id, err: thrown }, "the shell could not start");
	process.stderr.write(`paihao: ${sentence} [${code}]\n`);
	if (app.isPackaged) dialog.showErrorBox("Paihao", sentence);
	app.exit(exitCode);
}
