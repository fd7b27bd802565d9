const ESC = 0x1b;
const ACK = 0x06;
/** One more dot: 0x1b becomes 0x1f, which begins no command. */
const ONE_MORE_DOT = 0x04;

/**
 * A Star printer obeys ESC ACK SOH (1b 06 01: state) and ESC ACK CAN (1b 06 18: reset) as soon as they
 * arrive. Its manual does not exempt pictures. If picture data contains their beginning by accident,
 * this sets one more dot. No command of a ticket begins like this.
 *
 * ENQ (05) and EOT (04) are real-time questions too, of one byte: too many dots would have to change.
 * If a printer answers them from inside a picture, the replies are noise.
 */
export function escapeStarRealTime(bytes: Uint8Array): void {
	for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
		if (bytes[at + 1] === ACK) bytes[at] = ESC | ONE_MORE_DOT;
	}
}
