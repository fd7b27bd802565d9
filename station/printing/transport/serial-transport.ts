import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { promisify } from "node:util";
import { mustBeUsable } from "./device-access.ts";
import { DeviceError, errnoOf } from "./device-error.ts";
import type { StartDeviceProgram } from "./device-program.ts";
import { deviceTransport } from "./device-transport.ts";
import type { Transport } from "./transport.ts";

const STTY_MS = 4_000;

/**
 * Bytes as they are, eight bits, no parity, as printers come from the factory. `clocal`: no
 * modem's carrier is waited for. `crtscts`: the printer holds the station back by its wire; without
 * it a full buffer would lose rows. `-hupcl`: closing must not reset the printer.
 */
const LINE = ["raw", "-echo", "cs8", "-cstopb", "-parenb", "clocal", "crtscts", "-hupcl"];

/** A printer at a serial line: a device (device-wire.ts) whose speed is set first, by `stty` (Linux). */
export function serialTransport(path: string, baud: number, start: StartDeviceProgram): Transport {
	const device = deviceTransport(path, start);
	return {
		async open(signal) {
			await setLine(path, baud, signal);
			return device.open(signal);
		},
	};
}

async function setLine(path: string, baud: number, signal: AbortSignal): Promise<void> {
	await mustBeUsable(path, constants.R_OK | constants.W_OK);
	const options = { signal, timeout: STTY_MS, killSignal: "SIGKILL" } as const;
	try {
		await promisify(execFile)("stty", ["-F", path, String(baud), ...LINE], options);
	} catch (cause) {
		if (signal.aborted) throw new DeviceError("closed", { cause });
		throw new DeviceError(errnoOf(cause) === "ENOENT" ? "no-stty" : "not-serial", { cause });
	}
}
