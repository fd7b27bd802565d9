import type { DeviceReason } from "./device-error.ts";

/* What the station and the device process (device-process.ts) tell each other. */

export type DeviceOrder =
	/** Once, first. */
	| { kind: "open"; path: string }
	/** The next only after "taken". */
	| { kind: "write"; bytes: Uint8Array };

export type DeviceReport =
	| { kind: "open" }
	/** The device has all bytes of the last write: not only a pipe before it. */
	| { kind: "taken" }
	/** The printer said something. */
	| { kind: "came"; bytes: Uint8Array }
	/** Nothing comes after it. */
	| { kind: "failed"; reason: DeviceReason };
