import type { DeviceKind, PairedDevice } from "../../protocol/model/device.ts";
import { Refusal } from "../refusal.ts";
import type { RequestSource } from "./request-source.ts";

/*
 * Who on the network may call what. What does not stand here is for the station's own machine and for
 * paired desks: a call that somebody adds is closed to strangers until it is put on a list.
 */

/** Anybody: what the board, the kiosk's first screens and the visitor's own code show to everyone. */
const PUBLIC: ReadonlySet<string> = new Set([
	"topics.list",
	"elsewhere.list",
	"board.read",
	"board.events",
	"speech.read",
	"phone.read",
	"phone.leave",
	"phone.giveWay",
	"phone.rate",
	"device.read",
	"device.pair",
]);

/** What a kiosk does beyond that. */
const KIOSK: ReadonlySet<string> = new Set([
	"elsewhere.slip",
	"tickets.issue",
	"tickets.read",
	"visits.checkIn",
	"help.ask",
	"words.damaged",
	"health.read",
]);

/** Refuses with DEVICE_UNPAIRED. `path` is the call's place in the contract: tickets, issue. */
export function requireMayCall(path: readonly string[], peer: RequestSource, device: PairedDevice | undefined): void {
	if (peer.kind !== "network") return;
	const call = path.join(".");
	if (PUBLIC.has(call)) return;
	const needed: DeviceKind = KIOSK.has(call) && device?.kind === "kiosk" ? "kiosk" : "desk";
	if (device?.kind !== needed) throw new Refusal("DEVICE_UNPAIRED", { needed, paired: device?.kind ?? null });
}

/** The screens that strangers are led away from: they could do nothing there. */
export const PAIRED_SCREENS = ["desk", "kiosk"] as const;

/** Whether a screen is of no use to somebody before they are paired. */
export function isClosedTo(screen: DeviceKind, peer: RequestSource, device: PairedDevice | undefined): boolean {
	return peer.kind === "network" && device?.kind !== screen;
}

/** Where the bare address leads. */
export function firstScreen(peer: RequestSource, device: PairedDevice | undefined): DeviceKind | "setup" {
	return device?.kind ?? (peer.kind === "network" ? "setup" : "board");
}
