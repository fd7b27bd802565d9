import type { DeviceKind } from "../../protocol/pairing.ts";

export type { DeviceKind };

/** The values of protocol/pairing.ts without its schemas, as languages.ts has those of the languages. */
export const DEVICE_KINDS: readonly DeviceKind[] = ["desk", "board", "kiosk"];
