import type { PrinterSimulator, Reply } from "./simulator.ts";

const XON = 0x11;
const XOFF = 0x13;

/** Replies as they come over a serial line behind a print server: with its flow control in between (`xon-xoff`). */
export function overItsLine({ behaviours }: PrinterSimulator, reply: Reply): Reply {
	if (!behaviours.has("xon-xoff")) return reply;
	return (bytes) => reply(Uint8Array.of(XOFF, ...bytes.subarray(0, 1), XON, ...bytes.subarray(1)));
}
