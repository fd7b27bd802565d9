import type { PaperPiece } from "../protocol/api/printer-simulator.ts";
import type { Bitmap } from "../station/printing/bitmap.ts";

/** As many as a person looks back at. The folder keeps all of them. */
const MAX_PIECES = 40;

/** The last pieces of paper, as the page shows them. */
export class PaperTray {
	readonly #pieces: { piece: PaperPiece; bitmap: Bitmap }[] = [];
	#last = 0;

	/** `at`: UTC milliseconds. */
	add(bitmap: Bitmap, at: number): void {
		this.#last += 1;
		const { width, height } = bitmap;
		this.#pieces.unshift({ piece: { id: this.#last, width, height, at }, bitmap });
		this.#pieces.splice(MAX_PIECES);
	}

	/** Newest first. */
	get pieces(): PaperPiece[] {
		return this.#pieces.map(({ piece }) => piece);
	}

	find(id: number): Bitmap | undefined {
		return this.#pieces.find(({ piece }) => piece.id === id)?.bitmap;
	}
}
