import { access } from "node:fs/promises";

/** Why a device cannot be used, as the log and the job's record name it. */
export type DeviceReason =
	| "no-device"
	/** There is a file or a folder at its path. */
	| "not-a-device"
	| "no-permission"
	/** Another program holds it, often CUPS. */
	| "busy"
	/** It exists and did not open in time. */
	| "no-answer"
	| "unplugged"
	| "not-serial"
	/** The program that sets a serial line's speed is missing. */
	| "no-stty"
	| "device-process-ended"
	| "device-error"
	| "closed";

export class DeviceError extends Error {
	override readonly name = "DeviceError";
	readonly code: DeviceReason;

	constructor(code: DeviceReason, options?: ErrorOptions) {
		super(code, options);
		this.code = code;
	}
}

/** What an errno means while a device is being opened. */
const OPENING: Readonly<Record<string, DeviceReason>> = {
	ENOENT: "no-device",
	ENOTDIR: "no-device",
	EISDIR: "not-a-device",
	ENXIO: "no-device",
	ENODEV: "no-device",
	EACCES: "no-permission",
	EPERM: "no-permission",
	EROFS: "no-permission",
	EBUSY: "busy",
};

/** What an errno means once the device is open. */
const OPENED: Readonly<Record<string, DeviceReason>> = {
	EPIPE: "unplugged",
	ENODEV: "unplugged",
	ENXIO: "unplugged",
	EIO: "unplugged",
};

export function deviceReason(stage: "opening" | "opened", error: unknown): DeviceReason {
	if (error instanceof DeviceError) return error.code;
	return (stage === "opening" ? OPENING : OPENED)[errnoOf(error)] ?? "device-error";
}

export function errnoOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Rejects with DeviceError if there is no device at `path` or it may not be used. Cheaper than starting a program to find out. */
export async function requireAccess(path: string, mode: number): Promise<void> {
	try {
		await access(path, mode);
	} catch (cause) {
		throw new DeviceError(deviceReason("opening", cause), { cause });
	}
}
