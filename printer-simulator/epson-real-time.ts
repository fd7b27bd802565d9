/* The commands that an Epson printer obeys as soon as they arrive, ahead of all that is in its buffer. */

export const DLE = 0x10;
/** DLE DC4 8 with its fixed password. */
const CLEAR = [DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

export type RealTimeCommand =
	| { kind: "none" }
	| { kind: "incomplete" }
	| { kind: "status"; query: number; length: number }
	| { kind: "clear"; length: number }
	| { kind: "unknown"; length: number };

/** Reads the real-time command that begins at `at`. */
export function readRealTime(bytes: Uint8Array, at: number): RealTimeCommand {
	if (bytes[at] !== DLE) return { kind: "none" };
	const second = bytes[at + 1];
	if (second === undefined) return { kind: "incomplete" };
	if (second === 0x04) {
		const query = bytes[at + 2];
		if (query === undefined) return { kind: "incomplete" };
		return query >= 1 && query <= 4 ? { kind: "status", query, length: 3 } : { kind: "unknown", length: 2 };
	}
	if (second === 0x14) {
		const command = bytes.subarray(at, at + CLEAR.length);
		if (!command.every((byte, index) => byte === CLEAR[index])) return { kind: "unknown", length: 2 };
		return command.length < CLEAR.length ? { kind: "incomplete" } : { kind: "clear", length: CLEAR.length };
	}
	return second === 0x05 ? { kind: "unknown", length: 2 } : { kind: "none" };
}
