import { access } from "node:fs/promises";
import { DeviceError, deviceReason } from "./device-error.ts";

/** Rejects with DeviceFault where there is no device or it may not be used. Cheaper than starting a program to find out. */
export async function mustBeUsable(path: string, mode: number): Promise<void> {
	try {
		await access(path, mode);
	} catch (cause) {
		throw new DeviceError(deviceReason("opening", cause), { cause });
	}
}
