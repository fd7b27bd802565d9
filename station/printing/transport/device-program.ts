import { fork } from "node:child_process";
import type { DeviceReport, DeviceRequest } from "./device-messages.ts";

/** A running device process, whatever started it. */
export interface DeviceProgram {
	/** Call it before the first request. `onEnd` is called when the process has ended, perhaps twice. */
	listen(listeners: { onReport(report: DeviceReport): void; onEnd(): void }): void;
	request(request: DeviceRequest): void;
	/** Ends it at once, even while it is blocked in a write (SIGKILL). */
	kill(): void;
}

export type StartDeviceProgram = () => DeviceProgram;

/**
 * Runs `device-process` (a .ts file in the sources, a .js file in the build) with the Node that runs
 * the station.
 *
 * The shell cannot use it: its runAsNode fuse is off, so process.execPath would start the kiosk a
 * second time (see electron/device-program.ts). The device process serves both.
 */
export function nodeDeviceProgram(file: URL): StartDeviceProgram {
	return () => {
		// It needs nothing of the station's environment, and debugger flags would take the station's port.
		const child = fork(file, [], { execArgv: [], env: {}, serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
		return {
			listen({ onReport, onEnd }) {
				child.on("message", (message) => onReport(message as DeviceReport));
				child.once("error", onEnd);
				child.once("exit", onEnd);
			},
			// A request that cannot be sent any more is followed by "exit".
			request: (request) => void child.send(request, () => {}),
			kill: () => void child.kill("SIGKILL"),
		};
	};
}
