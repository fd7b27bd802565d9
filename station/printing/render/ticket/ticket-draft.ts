import type { Weight } from "../fonts.ts";
import type { PaperMessages } from "../paper-messages.ts";
import type { Qr } from "../qr.ts";
import type { TextCanvas, TextStyle } from "../text-canvas.ts";
import type { TicketContent } from "../ticket-content.ts";
import type { TicketSizes } from "./ticket-sizes.ts";

export interface TicketMessages {
	/** In the visitor's language. */
	own: PaperMessages;
	chinese: PaperMessages;
}

/** What is printed, whatever the sizes. */
interface DraftContent {
	content: TicketContent;
	messages: TicketMessages;
	/** Of the content's link. */
	qr: Qr;
}

const GAP_BETWEEN_LANGUAGES = 10;

/** One ticket on one canvas at one set of sizes: what every part of the layout needs. The first sizes that are short enough become the paper. */
export class TicketDraft {
	readonly canvas: TextCanvas;
	readonly content: TicketContent;
	readonly messages: TicketMessages;
	readonly qr: Qr;
	readonly sizes: TicketSizes;
	/** Chinese beside the visitor's language, unless it is the visitor's language. */
	readonly isBilingual: boolean;

	constructor(canvas: TextCanvas, { content, messages, qr }: DraftContent, sizes: TicketSizes) {
		this.canvas = canvas;
		this.content = content;
		this.messages = messages;
		this.qr = qr;
		this.sizes = sizes;
		this.isBilingual = content.language !== "zh-Hans";
	}

	/** The style of the visitor's language. */
	own(weight: Weight, size: number): TextStyle {
		return this.canvas.pen.style(this.content.language, weight, size);
	}

	chinese(weight: Weight, size: number): TextStyle {
		return this.canvas.pen.style("zh-Hans", weight, size);
	}

	/** Latin digits and letters, whatever the visitor's language. */
	latin(weight: Weight, size: number): TextStyle {
		return this.canvas.pen.style("en", weight, size);
	}

	/** Sets a note in Chinese and in the visitor's language: on one line if both fit, else one below the other. */
	addNote(
		inChinese: string,
		inLanguage: string,
		weight: Weight,
		{ x, width, align = "start" }: { x: number; width: number; align?: "start" | "center" },
	): void {
		const { canvas } = this;
		const chinese = this.chinese(weight, this.sizes.note);
		if (!this.isBilingual) {
			canvas.text(chinese, inChinese, { x, width, align });
			return;
		}
		const own = this.own(weight, this.sizes.note);
		const first = canvas.clean(chinese, inChinese);
		const second = canvas.clean(own, inLanguage).replaceAll("\u00ad", "");
		const secondStart = canvas.measure(chinese, first) + GAP_BETWEEN_LANGUAGES;
		const bothWidth = secondStart + canvas.measure(own, second);
		if (bothWidth > width) {
			canvas.text(chinese, inChinese, { x, width, align });
			canvas.text(own, inLanguage, { x, width, align });
			return;
		}
		const start = align === "center" ? x + (width - bothWidth) / 2 : x;
		const baseline = canvas.y + Math.max(chinese.ascent, own.ascent);
		canvas.line(chinese, first, baseline, { x: start });
		canvas.line(own, second, baseline, { x: start + secondStart });
		canvas.y += Math.max(chinese.lineHeight, own.lineHeight);
	}
}
