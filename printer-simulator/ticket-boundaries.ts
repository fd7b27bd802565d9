/** Every ticket begins with ESC @ and the command that switches the automatic status on: of Epson, of Star. */
const BEGINNINGS = [Buffer.from([0x1b, 0x40, 0x1d, 0x61, 0x0e]), Buffer.from([0x1b, 0x40, 0x1b, 0x1e, 0x61, 0x01])];
const LONGEST_BYTES = 6;
/** ESC @. */
const FIRST_COMMAND_BYTES = 2;

/** Finds where tickets begin in the bytes that a station sends. The bytes may arrive in pieces of any size. */
export class TicketBoundaries {
	/** The last bytes of the piece before: the network may split a beginning. */
	#carried: Uint8Array = new Uint8Array();

	/**
	 * Returns the offsets just behind the first command of each ticket, at most the piece's length. One that was split
	 * may lie a few bytes before the piece.
	 */
	findStarts(piece: Uint8Array): number[] {
		const carriedLength = this.#carried.length;
		const bytes = Buffer.concat([this.#carried, piece]);
		const found = BEGINNINGS.flatMap((beginning) => {
			const places: number[] = [];
			for (let at = bytes.indexOf(beginning); at >= 0; at = bytes.indexOf(beginning, at + 1)) {
				// What ends in the carried bytes was found before.
				if (at + beginning.length > carriedLength) places.push(at + FIRST_COMMAND_BYTES - carriedLength);
			}
			return places;
		});
		this.#carried = bytes.subarray(Math.max(0, bytes.length - (LONGEST_BYTES - 1)));
		return found.toSorted((one, other) => one - other);
	}

	/** Forgets the beginning of a ticket: its connection has ended. */
	reset(): void {
		this.#carried = new Uint8Array();
	}
}
