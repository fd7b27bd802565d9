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
		// Electron's own kill() asks politely; a process that is blocked in a write does not hear.
		const kill = () => {
			if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
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
