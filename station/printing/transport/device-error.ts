/** Why a device cannot be used: words for the log and the job's record. */
export type DeviceReason =
	| "no-device"
	| "no-permission"
	/** Another program has it: often CUPS. */
	| "busy"
	/** It is there and did not open in time. */
	| "no-answer"
	| "unplugged"
	| "not-serial"
	/** The program that sets a serial line's speed is missing. */
	| "no-stty"
	| "device-process-ended"
	| "device-error"
	| "closed";

export class DeviceError extends Error {
	override readonly name = "DeviceFault";
	readonly code: DeviceReason;

	constructor(code: DeviceReason, options?: ErrorOptions) {
		super(code, options);
		this.code = code;
	}
}

/** What an errno means while a device is being opened. A folder is no device either. */
const OPENING: Readonly<Record<string, DeviceReason>> = {
	ENOENT: "no-device",
	ENOTDIR: "no-device",
	EISDIR: "no-device",
	ENXIO: "no-device",
	ENODEV: "no-device",
	EACCES: "no-permission",
	EPERM: "no-permission",
	EROFS: "no-permission",
	EBUSY: "busy",
};

/** And once it was open. */
const OPENED: Readonly<Record<string, DeviceReason>> = {
	EPIPE: "unplugged",
	ENODEV: "unplugged",
	ENXIO: "unplugged",
	EIO: "unplugged",
};

export function deviceReason(stage: "opening" | "opened", error: unknown): DeviceReason {
	return (stage === "opening" ? OPENING : OPENED)[errnoOf(error)] ?? "device-error";
}

export function errnoOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : "";
}
