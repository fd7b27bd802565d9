import { fork } from "node:child_process";
import type { DeviceOrder, DeviceReport } from "./device-messages.ts";

/** A running device process, whatever runs it. */
export interface DeviceProgram {
	/** Before the first order. `end`: it is gone, whatever ended it; may come twice. */
	on(listeners: { report(report: DeviceReport): void; end(): void }): void;
	tell(order: DeviceOrder): void;
	/** At once, even while it is blocked in a write (SIGKILL). */
	kill(): void;
}

export type StartDeviceProgram = () => DeviceProgram;

/**
 * Runs `device-process` (a .ts file in the sources, a .js file in the build) with this very Node.
 *
 * Not for the shell: its runAsNode fuse is off, so process.execPath would start the kiosk a second
 * time (see electron/device-program.ts). The device process speaks to both.
 */
export function nodeDeviceProgram(file: URL): StartDeviceProgram {
	return () => {
		// Nothing of the station's environment concerns it; debugger flags would take the station's port.
		const child = fork(file, [], { execArgv: [], env: {}, serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
		return {
			on({ report, end }) {
				child.on("message", (message) => report(message as DeviceReport));
				child.once("error", end);
				child.once("exit", end);
			},
			// An order that cannot be told any more is followed by "exit".
			tell: (order) => void child.send(order, () => {}),
			kill: () => void child.kill("SIGKILL"),
		};
	};
}
