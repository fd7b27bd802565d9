import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { promisify } from "node:util";
import { DeviceError, errnoOf, requireAccess } from "./device-error.ts";
import type { StartDeviceProgram } from "./device-program.ts";
import { deviceTransport } from "./device-transport.ts";
import type { Transport } from "./transport.ts";

const STTY_MS = 4_000;

/**
 * Raw bytes, eight bits, no parity: the factory settings of printers. `clocal`: do not wait for a
 * modem's carrier. `crtscts`: hardware flow control, because a full buffer would lose rows without it.
 * `-hupcl`: closing must not reset the printer.
 */
const LINE_SETTINGS = ["raw", "-echo", "cs8", "-cstopb", "-parenb", "clocal", "crtscts", "-hupcl"];

/** A printer at a serial line: a device (see device-transport.ts) whose speed `stty` sets first. Linux only. */
export function serialTransport(path: string, baud: number, start: StartDeviceProgram): Transport {
	const device = deviceTransport(path, start);
	return {
		async open(signal) {
			await configureLine(path, baud, signal);
			return device.open(signal);
		},
	};
}

async function configureLine(path: string, baud: number, signal: AbortSignal): Promise<void> {
	await requireAccess(path, constants.R_OK | constants.W_OK);
	const options = { signal, timeout: STTY_MS, killSignal: "SIGKILL" } as const;
	try {
		await promisify(execFile)("stty", ["-F", path, String(baud), ...LINE_SETTINGS], options);
	} catch (cause) {
		if (signal.aborted) throw new DeviceError("closed", { cause });
		throw new DeviceError(errnoOf(cause) === "ENOENT" ? "no-stty" : "not-serial", { cause });
	}
}
