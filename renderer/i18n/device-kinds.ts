import type { DeviceKind } from "../../protocol/model/device.ts";

export type { DeviceKind };

/** The values of protocol/model/device.ts without its schemas: see languages.ts. */
export const DEVICE_KINDS: readonly DeviceKind[] = ["desk", "board", "kiosk"];
