/** Every ticket begins with ESC @; nothing else that the station sends has it outside of a picture. */
const BEGIN = [Buffer.from([0x1b, 0x40])];
/** Every ticket ends with a request for a reply: GS ( H or GS r 1 for Epson, ESC GS ETX 1 for Star. */
const END = [
	Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]),
	Buffer.from([0x1d, 0x72, 0x01]),
	Buffer.from([0x1b, 0x1d, 0x03, 0x01]),
];
const LONGEST_BOUNDARY_BYTES = 7;

/** Finds where tickets begin in the bytes that a station sends. The bytes may arrive in pieces of any size. */
export class TicketBoundaries {
	#isInside = false;
	/** The last bytes of the piece before: the network may split a boundary. */
	#carried: Uint8Array = new Uint8Array();

	/** Returns the offsets just behind the first command of each ticket, from 1 to the piece's length. */
	findStarts(piece: Uint8Array): number[] {
		const carriedLength = this.#carried.length;
		const bytes = Buffer.concat([this.#carried, piece]);
		const starts: number[] = [];
		let from = 0;
		for (;;) {
			const next = endOfFirst(this.#isInside ? END : BEGIN, bytes, from);
			if (next === undefined) break;
			from = next;
			this.#isInside = !this.#isInside;
			if (this.#isInside) starts.push(next - carriedLength);
		}
		this.#carried = bytes.subarray(Math.max(from, bytes.length - (LONGEST_BOUNDARY_BYTES - 1)));
		return starts;
	}

	/** Forgets the ticket that has begun: its connection has ended. */
	reset(): void {
		this.#isInside = false;
		this.#carried = new Uint8Array();
	}
}

/** The offset behind the boundary that comes first. */
function endOfFirst(boundaries: readonly Buffer[], bytes: Buffer, from: number): number | undefined {
	const ends = boundaries.flatMap((boundary) => {
		const at = bytes.indexOf(boundary, from);
		return at < 0 ? [] : [at + boundary.length];
	});
	return ends.length === 0 ? undefined : Math.min(...ends);
}
