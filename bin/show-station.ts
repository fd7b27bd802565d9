import { join } from "node:path";
import { type StationConfiguration, variableOf } from "../station/configuration.ts";
import type { ReadyLine } from "../station/ready-line.ts";
import { runStation } from "../station/run.ts";
import type { Call } from "./command.ts";
import { onLeave } from "./leaving.ts";
import { chooseShell, describeShell, gatherShellFacts, openKiosk, type Shell } from "./show-kiosk.ts";

/**
 * Runs a station with its kiosk open in front of the person, in the best window that this machine
 * has, and says in one line on standard error which. `tell` gets the ready line. Returns when the
 * window has been closed; without a window it returns at once and the station stays up. `closeBeside`
 * ends, after the station, what was started for it.
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
	const say = () => process.stderr.write(`${describeShell(shell)}\n`);

	if (shell.kind === "electron") {
		// The station runs inside Electron: this process only hands its ready line on.
		say();
		const onLine = (line: string) => tell(JSON.parse(line) as ReadyLine);
		const kiosk = openKiosk(shell, "", { top, profile, env: variablesOf(configuration), onLine });
		onLeave(async () => {
			await kiosk.close();
			await closeBeside();
		});
		process.exitCode = await kiosk.closed;
		await closeBeside();
		return;
	}
	const station = await runStation(configuration, files);
	say();
	tell(station.ready);
	const closeAll = async () => {
		await station.close();
		await closeBeside();
	};
	if (shell.kind === "none") {
		onLeave(closeAll);
		return;
	}
	const kiosk = openKiosk(shell, station.ready.kiosk, { top, profile });
	onLeave(async () => {
		await Promise.all([kiosk.close(), closeAll()]);
	});
	process.exitCode = await kiosk.closed;
	await closeAll();
}

/** The configuration as the variables that it is read from: Electron's own command line is Chromium's. */
export function variablesOf(configuration: StationConfiguration): Record<string, string> {
	const { logLevel, phoneAddress, plainHttp, network, retentionDays, outsideHours, ...settings } = configuration;
	const named = {
		...settings,
		"log-level": logLevel,
		"phone-address": phoneAddress,
		"plain-http": plainHttp,
		"retention-days": retentionDays,
		"outside-hours": outsideHours,
		network: network?.host,
		"network-port": network?.port,
		"tls-certificate": network?.files?.certificate,
		"tls-key": network?.files?.key,
	};
	return Object.fromEntries(
		Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[variableOf(name), String(value)]])),
	);
}
