import type { DeviceReason } from "./device-error.ts";

/* The messages between the station and the device process (device-process.ts). */

export type DeviceRequest =
	/** Once, first. */
	| { kind: "open"; path: string }
	/** The next one only after "written". */
	| { kind: "write"; bytes: Uint8Array };

export type DeviceReport =
	| { kind: "open" }
	/** The device itself has all bytes of the last write, not only a pipe before it. */
	| { kind: "written" }
	/** The printer sent something. */
	| { kind: "received"; bytes: Uint8Array }
	/** The last report. */
	| { kind: "failed"; reason: DeviceReason };
