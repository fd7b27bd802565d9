import type { UnreachableReason } from "../../../protocol/model/print.ts";
import { errnoOf } from "./device-error.ts";

/** By DeviceReason or errno: the code of what a failed `Transport.open` rejects with. */
const REASONS: Readonly<Record<string, UnreachableReason>> = {
	"no-device": "not-found",
	unplugged: "not-found",
	ENOTFOUND: "not-found",
	EAI_AGAIN: "not-found",
	"not-a-device": "not-a-device",
	"not-serial": "not-a-device",
	"no-permission": "no-permission",
	EACCES: "no-permission",
	EPERM: "no-permission",
	busy: "busy",
	ECONNREFUSED: "refused",
	// The printer accepted the connection and dropped it: it serves another one.
	ECONNRESET: "busy",
};

/** Why a transport could not be opened. */
export function unreachableReason(error: unknown): UnreachableReason {
	return REASONS[errnoOf(error)] ?? "unreachable";
}
