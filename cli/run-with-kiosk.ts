import { join } from "node:path";
import { openLog } from "../lib/log.ts";
import { prepareConnections } from "../lib/outgoing-connections.ts";
import { RESTART_EXIT_CODE } from "../lib/shutdown.ts";
import { type StationConfiguration, variablesOf } from "../station/app/configuration.ts";
import type { ReadyLine } from "../station/app/ready-message.ts";
import { startStation } from "../station/app/start-station.ts";
import type { Context } from "./define-command.ts";
import { type KeptWindow, keepOpen } from "./kiosk/keep-open.ts";
import { type Kiosk, openBrowser } from "./kiosk/open-browser.ts";
import { pageGuardOf } from "./kiosk/page-guard.ts";
import { stationPage } from "./kiosk/station-page.ts";
import { chooseShell, describeShell, gatherShellFacts, openElectron, type Shell } from "./open-kiosk.ts";
import { canRestart, shutDownOnSignal } from "./shutdown-on-signal.ts";
import { startWatchdog } from "./watchdog.ts";

export interface ShowOptions {
	onReady: (ready: ReadyLine) => void;
	/** Ends, after the station, what was started for it. */
	onClose?: () => Promise<void>;
	/** True in the demo: closing the window ends the station. */
	mayLeave?: boolean;
}

/**
 * Runs a station with its kiosk open in front of the person, in the best window that this machine has, and says in one
 * line on standard error which. Without a window it returns once the station is ready, and the station stays up. When
 * the server asks for a restart, everything restarts. Throws UserError.
 */
export async function showStation(
	configuration: StationConfiguration,
	{ top, files, env }: Context,
	{ onReady, onClose = async () => {}, mayLeave = false }: ShowOptions,
): Promise<void> {
	const profile = join(configuration.data, "shell");
	const shell: Shell = configuration.headless
		? { kind: "none", because: "it was started with --headless" }
		: chooseShell(await gatherShellFacts(top));

	if (shell.kind === "electron") {
		// The station runs inside Electron: this process only passes its ready line on.
		announce(shell);
		const onLine = (line: string) => onReady(JSON.parse(line) as ReadyLine);
		const options = { top, profile, mayLeave, env: variablesOf(configuration), onLine };
		await runInElectron(() => openElectron(shell, options), onClose);
		return;
	}
	prepareConnections({ ca: configuration.ca, env });
	const { promise: restartRequested, resolve: requestRestart } = Promise.withResolvers<void>();
	let window: KeptWindow | undefined;
	const log = openLog(configuration.logLevel);
	const station = await startStation(configuration, files, {
		log,
		restart: canRestart ? requestRestart : undefined,
		leave: shell.kind === "browser" ? () => void window?.close() : undefined,
	});
	const shutdown = shutDownOnSignal(
		async () => {
			await Promise.all([window?.close(), station.close()]);
			await onClose();
		},
		{ log },
	);
	void restartRequested.then(shutdown.restart);
	// After the signals: the reader of the ready line may end the station at once.
	announce(shell);
	startWatchdog(env);
	onReady(station.ready);
	if (shell.kind === "none") return;
	const browser = {
		...{ program: shell.program, asRoot: shell.asRoot, profile, mayLeave, log },
		page: stationPage(station.ready.kiosk),
		guard: pageGuardOf(top, { mayLeave }),
	};
	window = keepOpen({
		open: (onShown) => openBrowser({ ...browser, onShown }),
		mayLeave,
		onReopen: (waitMs) => log.warn({ event: "kiosk.window.reopened", waitMs }, "the kiosk's window is opened again"),
	});
	// In the demo the window may be closed, and that ends everything.
	if (mayLeave) void window.ended.then(shutdown.end);
}

function announce(shell: Shell): void {
	process.stderr.write(`${describeShell(shell)}\n`);
}

/** Until the shell ends; it ends with RESTART_EXIT_CODE when it asks to be started again. */
async function runInElectron(open: () => Kiosk, onClose: () => Promise<void>): Promise<void> {
	let kiosk: Kiosk | undefined = open();
	shutDownOnSignal(async () => {
		const last = kiosk;
		kiosk = undefined;
		await last?.close();
		await onClose();
	});
	let code = await kiosk.closed;
	while (code === RESTART_EXIT_CODE && kiosk) {
		kiosk = open();
		code = await kiosk.closed;
	}
	process.exitCode = code;
	await onClose();
}
