import { directionOf } from "../../../../protocol/model/language.ts";
import type { PaperWidth } from "../../bitmap.ts";
import { type Pen, type Shape, TextCanvas } from "../text-canvas.ts";
import type { TicketContent } from "../ticket-content.ts";
import { addBringList } from "./bring-list.ts";
import { addFacts } from "./ticket-facts.ts";
import { addFoot, addTearOff } from "./ticket-foot.ts";
import { addHead, addNumber, addReprintMark, addTopic } from "./ticket-head.ts";
import { type TicketMessages, TicketPage } from "./ticket-page.ts";
import { ORDINARY_HEIGHT, sizesFor } from "./ticket-sizes.ts";

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
	{ widthDots, tearOff }: { widthDots: PaperWidth; tearOff: boolean },
): PaperLayout {
	let layout: PaperLayout | undefined;
	for (const sizes of sizesFor(widthDots)) {
		const canvas = new TextCanvas(pen, widthDots, sizes.margin, directionOf(content.language));
		const page = new TicketPage(canvas, content, messages, sizes);
		layout = compose(page, tearOff);
		if (layout.height <= ORDINARY_HEIGHT) break;
	}
	if (!layout) throw new Error(`no sizes for paper of ${widthDots} dots`);
	return layout;
}

/** Fills one page from the top. */
function compose(page: TicketPage, tearOff: boolean): PaperLayout {
	const { canvas, content } = page;
	const { air } = page.sizes;
	canvas.y = 6;
	addHead(page);
	canvas.rule(3, air * 0.8);
	if (content.reprint) addReprintMark(page);
	addNumber(page);
	addTopic(page);
	canvas.rule(2, air);
	addFacts(page);
	canvas.rule(2, air);
	if (content.bring.length > 0) {
		addBringList(page);
		canvas.rule(2, air);
	}
	addFoot(page);
	if (tearOff) addTearOff(page);
	return { height: Math.ceil(canvas.y + 4), shapes: canvas.shapes, missing: [...canvas.missing] };
}
