/** Each ticket begins with ESC @, and nothing else that we send has it outside of a picture. */
const BEGIN = [Buffer.from([0x1b, 0x40])];
/** It ends with the request to confirm it: GS ( H of Epson, ESC GS ETX 1 of Star. */
const END = [Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]), Buffer.from([0x1b, 0x1d, 0x03, 0x01])];
const LONGEST = 7;

/** Finds in what a station sends, in pieces as they come, where tickets begin. */
export class TicketBoundaries {
	#inside = false;
	/** The last bytes before: a mark may be torn by the network. */
	#before: Uint8Array = new Uint8Array();

	/** Offsets right behind the first command of each ticket, from 1 to the piece's length. */
	begins(piece: Uint8Array): number[] {
		const known = this.#before.length;
		const bytes = Buffer.concat([this.#before, piece]);
		const begins: number[] = [];
		let from = 0;
		for (;;) {
			const next = firstOf(this.#inside ? END : BEGIN, bytes, from);
			if (next === undefined) break;
			from = next;
			this.#inside = !this.#inside;
			if (this.#inside) begins.push(next - known);
		}
		this.#before = bytes.subarray(Math.max(from, bytes.length - (LONGEST - 1)));
		return begins;
	}

	/** The connection ended, and the ticket with it. */
	tear(): void {
		this.#inside = false;
		this.#before = new Uint8Array();
	}
}

/** Where the first of the marks ends. */
function firstOf(marks: readonly Buffer[], bytes: Buffer, from: number): number | undefined {
	const ends = marks.flatMap((mark) => {
		const at = bytes.indexOf(mark, from);
		return at < 0 ? [] : [at + mark.length];
	});
	return ends.length === 0 ? undefined : Math.min(...ends);
}
