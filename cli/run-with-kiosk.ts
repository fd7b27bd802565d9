import { join } from "node:path";
import { RESTART_EXIT_CODE } from "../lib/shutdown.ts";
import { type StationConfiguration, variablesOf } from "../station/app/configuration.ts";
import type { ReadyLine } from "../station/app/ready-message.ts";
import { runStation } from "../station/app/run-station.ts";
import type { Call } from "./command.ts";
import { chooseShell, describeShell, gatherShellFacts, type Kiosk, openKiosk, type Shell } from "./open-kiosk.ts";
import { canRestart, shutDownOnSignal } from "./shutdown-on-signal.ts";

/**
 * Runs a station with its kiosk open in front of the person, in the best window that this machine
 * has, and says in one line on standard error which. `tell` gets the ready line. Returns when the
 * window has been closed; without a window it returns at once and the station stays up. `closeBeside`
 * ends, after the station, what was started for it. Where the server asks for it, all is started anew.
 */
export async function showStation(
	configuration: StationConfiguration,
	call: Call,
	tell: (ready: ReadyLine) => void,
	closeBeside: () => Promise<void> = async () => {},
): Promise<void> {
	const { top, files } = call;
	const profile = join(configuration.data, "shell");
	const shell: Shell = configuration.headless
		? { kind: "none", because: "it was started with --headless" }
		: chooseShell(await gatherShellFacts(top));
	const announceShell = () => process.stderr.write(`${describeShell(shell)}\n`);

	if (shell.kind === "electron") {
		// The station runs inside Electron: this process only hands its ready line on.
		announceShell();
		const onLine = (line: string) => tell(JSON.parse(line) as ReadyLine);
		const open = () => openKiosk(shell, "", { top, profile, env: variablesOf(configuration), onLine });
		let kiosk: Kiosk | undefined = open();
		shutDownOnSignal(async () => {
			const last = kiosk;
			kiosk = undefined;
			await last?.close();
			await closeBeside();
		});
		let code = await kiosk.closed;
		while (code === RESTART_EXIT_CODE && kiosk) {
			kiosk = open();
			code = await kiosk.closed;
		}
		process.exitCode = code;
		await closeBeside();
		return;
	}
	const { promise: restartRequested, resolve: requestRestart } = Promise.withResolvers<void>();
	const station = await runStation(configuration, files, canRestart ? requestRestart : undefined);
	announceShell();
	tell(station.ready);
	const closeAll = async () => {
		await station.close();
		await closeBeside();
	};
	if (shell.kind === "none") {
		void restartRequested.then(shutDownOnSignal(closeAll).restart);
		return;
	}
	const kiosk = openKiosk(shell, station.ready.kiosk, { top, profile });
	const leaving = shutDownOnSignal(async () => {
		await Promise.all([kiosk.close(), closeAll()]);
	});
	void restartRequested.then(leaving.restart);
	process.exitCode = await kiosk.closed;
	await closeAll();
}
