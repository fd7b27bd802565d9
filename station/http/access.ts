import type { CallMeta } from "../../protocol/api/contract-helpers.ts";
import type { DeviceKind, PairedDevice } from "../../protocol/model/device.ts";
import { Refusal } from "../refusal.ts";
import type { RequestSource } from "./request-source.ts";

/** Refuses with DEVICE_UNPAIRED. `access` is the call's own word in the contract. */
export function requireMayCall(
	access: CallMeta["access"],
	requestSource: RequestSource,
	device: PairedDevice | undefined,
): void {
	if (requestSource.kind !== "network" || access === "public") return;
	const needed: DeviceKind = access === "kiosk" && device?.kind === "kiosk" ? "kiosk" : "desk";
	if (device?.kind !== needed) throw new Refusal("DEVICE_UNPAIRED", { needed, paired: device?.kind ?? null });
}

/** The screens that strangers are led away from: they could do nothing there. */
export const PAIRED_SCREENS = ["desk", "kiosk"] as const;

/** Whether a screen is of no use to somebody before they are paired. */
export function isClosedTo(
	screen: DeviceKind,
	requestSource: RequestSource,
	device: PairedDevice | undefined,
): boolean {
	return requestSource.kind === "network" && device?.kind !== screen;
}

/** Where the bare address leads. */
export function firstScreen(requestSource: RequestSource, device: PairedDevice | undefined): DeviceKind | "setup" {
	return device?.kind ?? (requestSource.kind === "network" ? "setup" : "board");
}
