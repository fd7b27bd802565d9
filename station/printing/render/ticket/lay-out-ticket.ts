import { directionOf } from "../../../../protocol/model/language.ts";
import type { PaperWidth } from "../../bitmap.ts";
import { dotsIn, type Resolution } from "../../resolution.ts";
import { qrOf } from "../qr.ts";
import { type Pen, type Shape, TextCanvas } from "../text-canvas.ts";
import type { TicketContent } from "../ticket-content.ts";
import { addBringList } from "./bring-list.ts";
import { addPeopleAheadAndWait } from "./people-ahead-and-wait.ts";
import { addQrCodeAndNotes, addTearOff } from "./qr-code-and-notes.ts";
import { addNumber, addReprintMark, addSiteName, addTopic } from "./site-number-topic.ts";
import { TicketDraft, type TicketMessages } from "./ticket-draft.ts";
import { ORDINARY_HEIGHT_MM, sizesFor } from "./ticket-sizes.ts";

/** Shapes on paper, in dots from the top left corner. */
export interface PaperLayout {
	height: number;
	shapes: Shape[];
	/** Code points that no bundled font has. */
	missing: number[];
}

/** Lays a ticket out at the roomiest sizes that keep it within 85 mm, or at the densest. */
export function layOutTicket(
	content: TicketContent,
	messages: TicketMessages,
	pen: Pen,
	{ widthDots, dpi, tearOff }: { widthDots: PaperWidth; dpi: Resolution; tearOff: boolean },
): PaperLayout {
	// Once for all sizes that are tried: making it takes as long as all the rest of a layout.
	const qr = qrOf(content.link);
	let layout: PaperLayout | undefined;
	for (const sizes of sizesFor(widthDots, dpi)) {
		const canvas = new TextCanvas(pen, widthDots, sizes.margin, directionOf(content.language));
		const draft = new TicketDraft(canvas, { content, messages, qr }, sizes);
		layout = compose(draft, tearOff);
		if (layout.height <= dotsIn(ORDINARY_HEIGHT_MM, dpi)) break;
	}
	if (!layout) throw new Error(`no sizes for paper of ${widthDots} dots`);
	return layout;
}

/** Fills the paper from the top. */
function compose(draft: TicketDraft, tearOff: boolean): PaperLayout {
	const { canvas, content } = draft;
	const { air } = draft.sizes;
	canvas.y = 6;
	addSiteName(draft);
	canvas.rule(3, air * 0.8);
	if (content.reprint) addReprintMark(draft);
	addNumber(draft);
	addTopic(draft);
	canvas.rule(2, air);
	addPeopleAheadAndWait(draft);
	canvas.rule(2, air);
	if (content.bring.length > 0) {
		addBringList(draft);
		canvas.rule(2, air);
	}
	addQrCodeAndNotes(draft);
	if (tearOff) addTearOff(draft);
	return { height: Math.ceil(canvas.y + 4), shapes: canvas.shapes, missing: [...canvas.missing] };
}
