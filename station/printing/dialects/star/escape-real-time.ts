const ESC = 0x1b;
const ACK = 0x06;
/** The dot beside: 0x1b becomes 0x1f, which starts nothing. */
const ONE_MORE_DOT = 0x04;

/**
 * A Star printer obeys ESC ACK SOH (1b 06 01: state) and ESC ACK CAN (1b 06 18: reset) as soon as
 * they arrive, by its manual; nothing says that a picture is spared. Where picture data holds
 * their beginning by accident one more dot is set. No command of a ticket begins like this.
 *
 * ENQ (05) and EOT (04) are real-time questions too, of one byte: too many dots would
 * have to change. Should a printer answer them from within a picture, the replies are noise to us.
 */
export function escapeStarRealTime(bytes: Uint8Array): void {
	for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
		if (bytes[at + 1] === ACK) bytes[at] = ESC | ONE_MORE_DOT;
	}
}
