import type { UnreachableReason } from "../../../protocol/model/print.ts";
import { CLOSED_BY_PRINTER } from "../transport/connection.ts";
import type { Dialogue } from "./dialogue.ts";

/** The station ended the connection, because its port speaks telnet. */
export const TELNET = "telnet";
/** How a connection ends that the printer did not want. */
const TURNED_AWAY: ReadonlySet<string> = new Set([CLOSED_BY_PRINTER, "ECONNRESET", "EPIPE"]);

/** What the end of a connection says of the printer. `isUnknown`: it has not answered any question. */
export function reasonOfEnd(
	reason: string,
	dialogue: Pick<Dialogue, "hasSentNoise" | "hasReplied"> | undefined,
	{ isUnknown, asksStatus }: { isUnknown: boolean; asksStatus: boolean },
): UnreachableReason {
	if (reason === TELNET || (dialogue?.hasSentNoise && isUnknown)) return "other-language";
	if (reason === "no-answer") return "no-answer";
	// It accepted the connection and closed it before it had sent anything: it serves another one.
	return TURNED_AWAY.has(reason) && asksStatus && !dialogue?.hasReplied ? "busy" : "unreachable";
}
