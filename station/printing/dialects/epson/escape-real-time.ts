const DLE = 0x10;
/** One more dot: 0x10 becomes 0x18, which begins no command. */
const ONE_MORE_DOT = 0x08;

/**
 * A printer obeys DLE EOT (10 04), DLE ENQ (10 05) and DLE DC4 (10 14) even inside a picture. If
 * picture data contains one by accident (8 % of tickets do), this sets one more dot. Nothing else in a
 * ticket can contain one: of our commands only the real-time ones have a DLE, and they are never part
 * of a ticket; the last byte of a band's header is 0 or 1.
 */
export function escapeRealTime(bytes: Uint8Array): void {
	for (let at = bytes.indexOf(DLE); at >= 0; at = bytes.indexOf(DLE, at + 1)) {
		const next = bytes[at + 1];
		if (next === 0x04 || next === 0x05 || next === 0x14) bytes[at] = DLE | ONE_MORE_DOT;
	}
}
