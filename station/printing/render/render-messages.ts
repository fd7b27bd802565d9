import type { Language } from "../../../protocol/model/language.ts";
import type { Bitmap, PaperWidth } from "./bitmap.ts";
import type { SlipPaper } from "./directions-slip-content.ts";
import type { TicketPaper } from "./ticket-content.ts";

/** What the drawing worker is given when it starts. */
export interface DrawingSetup {
	languagesDirectory: string;
	width: PaperWidth;
}

/** `id` ties an answer to its request. */
export type DrawingRequest =
	| { kind: "draw"; id: number; paper: TicketPaper }
	| { kind: "draw-slip"; id: number; slip: SlipPaper }
	| { kind: "warm"; id: number; language: Language };

export type DrawingAnswer =
	| {
			kind: "drawn";
			id: number;
			bitmap: Bitmap;
			missing: { number: string; language: Language; codePoints: number[] } | null;
	  }
	| { kind: "warmed"; id: number }
	| { kind: "failed"; id: number; message: string };
