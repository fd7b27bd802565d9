import { concat } from "./bytes.ts";

/* The commands that an Epson printer obeys as soon as they arrive, ahead of all that is in its buffer. */

const DLE = 0x10;
/** DLE DC4 8 with its fixed password. */
const CLEAR = [DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

type RealTimeCommand =
	| { kind: "none" }
	| { kind: "incomplete" }
	| { kind: "status"; query: number; length: number }
	| { kind: "clear"; length: number }
	| { kind: "unknown"; second: number; length: number };
type WholeCommand = Exclude<RealTimeCommand, { kind: "none" | "incomplete" }>;

/**
 * Takes the real-time commands out of what arrived. `obey` says whether the printer then goes on, or forgets what came
 * before the command. `partial`: the beginning of what may become one.
 */
export function takeRealTime(
	bytes: Uint8Array,
	obey: (command: WholeCommand) => "goes-on" | "forgets",
): { others: Uint8Array; partial: Uint8Array } {
	let others: Uint8Array[] = [];
	let at = 0;
	while (at < bytes.length) {
		const command = readRealTime(bytes, at);
		if (command.kind === "incomplete") return { others: concat(others), partial: bytes.slice(at) };
		if (command.kind === "none") {
			const next = bytes.indexOf(DLE, at + 1);
			const end = next < 0 ? bytes.length : next;
			others.push(bytes.subarray(at, end));
			at = end;
		} else {
			if (obey(command) === "forgets") others = [];
			at += command.length;
		}
	}
	return { others: concat(others), partial: new Uint8Array() };
}

/** Reads the real-time command that begins at `at`. */
function readRealTime(bytes: Uint8Array, at: number): RealTimeCommand {
	if (bytes[at] !== DLE) return { kind: "none" };
	const second = bytes[at + 1];
	if (second === undefined) return { kind: "incomplete" };
	if (second === 0x04) {
		const query = bytes[at + 2];
		if (query === undefined) return { kind: "incomplete" };
		return query >= 1 && query <= 4 ? { kind: "status", query, length: 3 } : { kind: "unknown", second, length: 2 };
	}
	if (second === 0x14) {
		const command = bytes.subarray(at, at + CLEAR.length);
		if (!command.every((byte, index) => byte === CLEAR[index])) return { kind: "unknown", second, length: 2 };
		return command.length < CLEAR.length ? { kind: "incomplete" } : { kind: "clear", length: CLEAR.length };
	}
	return second === 0x05 ? { kind: "unknown", second, length: 2 } : { kind: "none" };
}
