import { utilityProcess } from "electron";
import type { DeviceReport } from "../station/printing/transport/device-messages.ts";
import type { StartDeviceProgram } from "../station/printing/transport/device-program.ts";

/**
 * Runs the device process (a .js file of the build) as Electron's utility process: with the
 * runAsNode fuse off the shell's own program is no Node. Nothing of the station's environment concerns it.
 */
export function shellDeviceProgram(file: string): StartDeviceProgram {
	return () => {
		const child = utilityProcess.fork(file, [], { stdio: "ignore", env: {}, serviceName: "Paihao printer" });
		let hasEnded = false;
		child.once("exit", () => {
			hasEnded = true;
		});
		// Electron's own kill() asks politely; a process that is blocked in a write does not hear.
		const kill = () => {
			if (hasEnded || child.pid === undefined) return;
			try {
				process.kill(child.pid, "SIGKILL");
			} catch (error) {
				// It ended by itself, and the news is on its way.
				if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
			}
		};
		return {
			listen({ onReport, onEnd }) {
				child.on("message", (message: DeviceReport) => onReport(message));
				child.once("exit", onEnd);
			},
			request: (request) => child.postMessage(request),
			kill() {
				if (child.pid === undefined) child.once("spawn", kill);
				else kill();
			},
		};
	};
}
