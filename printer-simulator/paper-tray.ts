import type { PaperPiece } from "../protocol/api/printer-simulator.ts";
import type { Bitmap } from "../station/printing/render/bitmap.ts";

/** As many as a person looks back at; the folder keeps all of them. */
const MAX = 40;

/** The last pieces of paper, for the page. */
export class PaperTray {
	readonly #pieces: { piece: PaperPiece; bitmap: Bitmap }[] = [];
	#last = 0;

	/** `at`: UTC milliseconds. */
	add(bitmap: Bitmap, at: number): void {
		this.#last += 1;
		const { width, height } = bitmap;
		this.#pieces.unshift({ piece: { id: this.#last, width, height, at }, bitmap });
		this.#pieces.splice(MAX);
	}

	/** Newest first. */
	get pieces(): PaperPiece[] {
		return this.#pieces.map(({ piece }) => piece);
	}

	find(id: number): Bitmap | undefined {
		return this.#pieces.find(({ piece }) => piece.id === id)?.bitmap;
	}
}
