import type { Language } from "../../../protocol/model/language.ts";
import type { Bitmap, PaperWidth } from "../bitmap.ts";
import type { Resolution } from "../resolution.ts";
import type { ChecklistSlip } from "./checklist-slip.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import type { SetupSheetContent } from "./setup-sheet-content.ts";
import type { TicketContent } from "./ticket-content.ts";

/** What the rendering worker receives when it starts. */
export interface RenderSetup {
	languagesDirectory: string;
	width: PaperWidth;
	dpi: Resolution;
	/** The printer has no cutter: the paper asks the visitor to tear it off. */
	tearOff: boolean;
}

/** `id` ties an answer to its request. */
export type RenderRequest =
	| { kind: "ticket"; id: number; content: TicketContent }
	| { kind: "slip"; id: number; slip: DirectionsContent }
	| { kind: "sheet"; id: number; sheet: SetupSheetContent }
	| { kind: "checklist"; id: number; slip: ChecklistSlip }
	| { kind: "warm"; id: number; language: Language };

export type RenderResponse =
	| {
			kind: "rendered";
			id: number;
			bitmap: Bitmap;
			missing: { number: string; language: Language; codePoints: number[] } | null;
	  }
	| { kind: "warmed"; id: number }
	| { kind: "failed"; id: number; message: string };
