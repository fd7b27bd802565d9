import { directionOf } from "../../../protocol/model/language.ts";
import type { PaperWidth } from "./bitmap.ts";
import type { Weight } from "./fonts.ts";
import type { PaperMessages } from "./paper-messages.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import { type Mark, type Pen, TextCanvas, type Voice } from "./text-canvas.ts";
import type { TicketContent } from "./ticket-content.ts";
import { ORDINARY_HEIGHT, sizesFor, type TicketSizes } from "./ticket-sizes.ts";

export interface TicketLayout {
	/** Dots from the first row to the last. */
	height: number;
	marks: Mark[];
	missing: number[];
}

export interface TicketTexts {
	words: PaperMessages;
	chinese: PaperMessages;
}

/** Lays a ticket out: as roomy as 85 mm of paper allow, longer only where nothing else is left. */
export function layOutTicket(paper: TicketContent, texts: TicketTexts, pen: Pen, width: PaperWidth): TicketLayout {
	let layout: TicketLayout | undefined;
	for (const sizes of sizesFor(width)) {
		layout = new TicketComposer(paper, texts, pen, width, sizes).compose();
		if (layout.height <= ORDINARY_HEIGHT) break;
	}
	if (!layout) throw new Error(`no sizes for paper of ${width} dots`);
	return layout;
}

/** Puts one ticket on one sheet, from the top, at one set of sizes. */
class TicketComposer {
	readonly #paper: TicketContent;
	readonly #texts: TicketTexts;
	readonly #sizes: TicketSizes;
	readonly #sheet: TextCanvas;
	/** Chinese stands beside the visitor's language, unless it is the visitor's language. */
	readonly #both: boolean;

	constructor(paper: TicketContent, texts: TicketTexts, pen: Pen, width: PaperWidth, sizes: TicketSizes) {
		this.#paper = paper;
		this.#texts = texts;
		this.#sizes = sizes;
		this.#sheet = new TextCanvas(pen, width, sizes.margin, directionOf(paper.language));
		this.#both = paper.language !== "zh-Hans";
	}

	compose(): TicketLayout {
		const textCanvas = this.#sheet;
		const { air } = this.#sizes;
		textCanvas.y = 6;
		this.#head();
		textCanvas.rule(3, air * 0.8);
		if (this.#paper.reprint) this.#reprint();
		this.#number();
		this.#topic();
		textCanvas.rule(2, air);
		this.#facts();
		textCanvas.rule(2, air);
		if (this.#paper.bring.length > 0) {
			this.#bring();
			textCanvas.rule(2, air);
		}
		this.#foot();
		return { height: Math.ceil(textCanvas.y + 4), marks: textCanvas.marks, missing: [...textCanvas.missing] };
	}

	#voice(weight: Weight, size: number): Voice {
		return this.#sheet.pen.voice(this.#paper.language, weight, size);
	}

	#chinese(weight: Weight, size: number): Voice {
		return this.#sheet.pen.voice("zh-Hans", weight, size);
	}

	#head(): void {
		const textCanvas = this.#sheet;
		const { site } = this.#paper;
		const chinese = this.#chinese("bold", this.#sizes.headChinese);
		const voice = this.#voice("regular", this.#sizes.head);
		if (this.#both && this.#sizes.headOnOneLine) {
			const nameChinese = textCanvas.clean(chinese, site.nameChinese);
			const name = textCanvas.clean(voice, site.name);
			if (textCanvas.measure(chinese, nameChinese) + textCanvas.measure(voice, name) + 24 <= textCanvas.inside) {
				const baseline = textCanvas.y + Math.max(chinese.ascent, voice.ascent);
				textCanvas.line(chinese, nameChinese, baseline, { align: "start" });
				textCanvas.line(voice, name, baseline, { align: "end" });
				textCanvas.y += Math.max(chinese.lineHeight, voice.lineHeight);
				return;
			}
		}
		textCanvas.text(chinese, site.nameChinese, { align: "center", even: true });
		if (this.#both) textCanvas.text(voice, site.name, { align: "center", even: true });
	}

	/** White on black: nobody must take a second paper for a second number. */
	#reprint(): void {
		const textCanvas = this.#sheet;
		const chinese = this.#chinese("bold", this.#sizes.topicChinese);
		const voice = this.#voice("bold", this.#sizes.topicChinese);
		const height = Math.ceil(Math.max(chinese.lineHeight, this.#both ? voice.lineHeight : 0)) + 4;
		textCanvas.bar(textCanvas.margin, textCanvas.y, textCanvas.inside, height);
		const baseline = textCanvas.y + 2 + Math.max(chinese.ascent, voice.ascent);
		const inset = { x: textCanvas.margin + 12, width: textCanvas.inside - 24, ink: "white" } as const;
		const word = textCanvas.clean(chinese, this.#texts.chinese.reprint);
		if (this.#both) {
			textCanvas.line(chinese, word, baseline, { ...inset, align: "start" });
			textCanvas.line(voice, textCanvas.clean(voice, this.#texts.words.reprint), baseline, { ...inset, align: "end" });
		} else {
			textCanvas.line(chinese, word, baseline, { ...inset, align: "center" });
		}
		textCanvas.y += height + this.#sizes.air;
	}

	/** As big as the paper allows. Its ink is measured: a J goes below the base line. */
	#number(): void {
		const textCanvas = this.#sheet;
		const { number } = this.#paper;
		let size = this.#sizes.number;
		let voice = textCanvas.pen.voice("en", "bold", size);
		const width = textCanvas.measure(voice, number);
		if (width > textCanvas.inside) {
			size = Math.floor((size * textCanvas.inside) / width);
			voice = textCanvas.pen.voice("en", "bold", size);
		}
		const ink = textCanvas.pen.ink(voice, number);
		textCanvas.y += this.#sizes.air * 0.6;
		textCanvas.line(voice, number, textCanvas.y + ink.above, { align: "center" });
		textCanvas.y += ink.above + ink.below + this.#sizes.air * 1.4;
	}

	#topic(): void {
		const textCanvas = this.#sheet;
		const { topic, partySize } = this.#paper;
		const { words, chinese } = this.#texts;
		textCanvas.text(this.#chinese("bold", this.#sizes.topicChinese), topic.nameChinese, {
			align: "center",
			even: true,
		});
		if (this.#both) {
			textCanvas.text(this.#voice("bold", this.#sizes.topic), topic.name, { align: "center", even: true });
		}
		if (partySize < 2) return;
		const place = { x: textCanvas.margin, width: textCanvas.inside, align: "center" } as const;
		this.#together(chinese.party(partySize), words.party(partySize), "bold", place);
	}

	/** The same in Chinese and in the visitor's language: on one line where they fit, else one below the other. */
	#together(
		inChinese: string,
		inLanguage: string,
		weight: Weight,
		{ x, width, align = "start" }: { x: number; width: number; align?: "start" | "center" },
	): void {
		const textCanvas = this.#sheet;
		const chinese = this.#chinese(weight, this.#sizes.note);
		if (!this.#both) {
			textCanvas.text(chinese, inChinese, { x, width, align });
			return;
		}
		const voice = this.#voice(weight, this.#sizes.note);
		const first = textCanvas.clean(chinese, inChinese);
		const second = textCanvas.clean(voice, inLanguage).replaceAll("\u00ad", "");
		const gap = 10;
		const begin = textCanvas.measure(chinese, first) + gap;
		const both = begin + textCanvas.measure(voice, second);
		if (both > width) {
			textCanvas.text(chinese, inChinese, { x, width, align });
			textCanvas.text(voice, inLanguage, { x, width, align });
			return;
		}
		const start = align === "center" ? x + (width - both) / 2 : x;
		const baseline = textCanvas.y + Math.max(chinese.ascent, voice.ascent);
		textCanvas.line(chinese, first, baseline, { x: start });
		textCanvas.line(voice, second, baseline, { x: start + begin });
		textCanvas.y += Math.max(chinese.lineHeight, voice.lineHeight);
	}

	#facts(): void {
		const { ahead, wait } = this.#paper;
		const { words, chinese } = this.#texts;
		const facts = [{ value: String(ahead), inChinese: chinese.ahead(ahead), inLanguage: words.ahead(ahead) }];
		if (wait) {
			const { minMinutes, maxMinutes } = wait;
			const value = minMinutes === maxMinutes ? String(maxMinutes) : `${minMinutes}–${maxMinutes}`;
			facts.push({ value, inChinese: chinese.wait, inLanguage: words.wait });
		}
		const textCanvas = this.#sheet;
		const top = textCanvas.y;
		const width = textCanvas.inside / facts.length;
		let bottom = top;
		facts.forEach((fact, column) => {
			textCanvas.y = top;
			const place = { x: textCanvas.margin + column * width + 6, width: width - 12, align: "center" } as const;
			// In Latin order whatever the language: in Arabic text "10–20" would read 20–10.
			const value = textCanvas.pen.voice("en", "bold", this.#sizes.fact);
			const ink = textCanvas.pen.ink(value, "0");
			textCanvas.line(value, fact.value, textCanvas.y + ink.above + 2, place);
			textCanvas.y += ink.above + 7;
			textCanvas.text(this.#chinese("regular", this.#sizes.label), fact.inChinese, place);
			if (this.#both)
				textCanvas.text(this.#voice("regular", this.#sizes.label), fact.inLanguage, { ...place, even: true });
			bottom = Math.max(bottom, textCanvas.y);
		});
		for (let column = 1; column < facts.length; column++) {
			textCanvas.bar(textCanvas.margin + column * width - 1, top + 2, 2, Math.floor(bottom - top) - 4);
		}
		textCanvas.y = bottom;
	}

	/** A list to tick off: each thing in the visitor's language with its Chinese, short ones two in a row. */
	#bring(): void {
		const textCanvas = this.#sheet;
		const { words, chinese } = this.#texts;
		this.#heading(chinese.bring, words.bring);
		const gap = 20;
		const half = (textCanvas.inside - gap) / 2;
		const items = this.#paper.bring.map((text, index) => this.#item(text, this.#paper.bringChinese[index]));
		for (let index = 0; index < items.length; index++) {
			const item = items[index];
			const next = items[index + 1];
			const top = textCanvas.y;
			item?.set(textCanvas.margin, textCanvas.inside);
			if (item && next && item.width + gap + next.width <= textCanvas.inside) {
				const bottom = textCanvas.y;
				textCanvas.y = top;
				// In a column where both halves allow it, as near to it as the wider one leaves.
				const start = Math.min(Math.max(half, item.width) + gap, textCanvas.inside - next.width);
				next.set(textCanvas.margin + start, textCanvas.inside - start);
				textCanvas.y = Math.max(bottom, textCanvas.y);
				index++;
			}
		}
		textCanvas.y += 3;
		this.#together(chinese.advice, words.advice, "regular", { x: textCanvas.margin, width: textCanvas.inside });
	}

	#heading(inChinese: string, inLanguage: string): void {
		const textCanvas = this.#sheet;
		const chinese = this.#chinese("bold", this.#sizes.item);
		const voice = this.#voice("bold", this.#sizes.item);
		const first = textCanvas.clean(chinese, inChinese);
		const baseline = textCanvas.y + Math.max(chinese.ascent, voice.ascent);
		textCanvas.line(chinese, first, baseline);
		if (this.#both) {
			const x = textCanvas.margin + textCanvas.measure(chinese, first) + 12;
			textCanvas.line(voice, textCanvas.clean(voice, inLanguage), baseline, { x });
		}
		textCanvas.y += Math.max(chinese.lineHeight, this.#both ? voice.lineHeight : 0);
	}

	/** One thing to bring: how wide it is on one line, and how to set it at a place. */
	#item(text: string, textChinese: string | undefined) {
		const textCanvas = this.#sheet;
		const box = Math.round(this.#sizes.item * 0.72);
		const indent = box + 9;
		const gap = 9;
		const voice = this.#voice("regular", this.#sizes.item);
		const chinese = this.#chinese("regular", this.#sizes.itemChinese);
		const name = textCanvas.clean(voice, text).replaceAll("\u00ad", "");
		const beside = this.#both && textChinese ? textCanvas.clean(chinese, textChinese) : "";
		const nameWidth = textCanvas.measure(voice, name);
		const besideWidth = beside === "" ? 0 : textCanvas.measure(chinese, beside) + gap;
		return {
			width: indent + nameWidth + besideWidth,
			set: (x: number, width: number) => {
				textCanvas.frame(x, textCanvas.y + voice.ascent - box + 1, box);
				const place = { x: x + indent, width: width - indent };
				if (indent + nameWidth + besideWidth <= width) {
					const baseline = textCanvas.y + voice.ascent;
					textCanvas.line(voice, name, baseline, place);
					if (beside !== "") textCanvas.line(chinese, beside, baseline, { x: place.x + nameWidth + gap });
					textCanvas.y += voice.lineHeight;
				} else {
					textCanvas.text(voice, text, place);
					if (beside !== "") textCanvas.text(chinese, beside, place);
				}
			},
		};
	}

	/** QR and code; beside them (on a narrow paper above) what a missed call means, and when the ticket was issued. */
	#foot(): void {
		const textCanvas = this.#sheet;
		const { margin, inside, width } = textCanvas;
		const { qr: wanted, qrBeside, air } = this.#sizes;
		const qr = qrOf(this.#paper.link);
		const module = moduleDots(qr.size, wanted);
		const size = qr.size * module;
		const quiet = QUIET_MODULES * module;
		if (!qrBeside) {
			this.#notes(margin, inside);
			textCanvas.y += 4;
			this.#time(margin, inside, textCanvas.y, "center");
			textCanvas.y += quiet - 8;
			textCanvas.qr(qr, module, (width - size) / 2, textCanvas.y);
			textCanvas.y += size + quiet - 8;
			this.#code(margin, inside);
			return;
		}
		const top = textCanvas.y;
		const code = Math.max(size, this.#codeWidth());
		const start = Math.max(margin + (code - size) / 2, quiet);
		textCanvas.y += Math.max(0, quiet - air);
		textCanvas.qr(qr, module, start, textCanvas.y);
		textCanvas.y += size + 5;
		const besideCode = textCanvas.y;
		this.#code(start - (code - size) / 2, code);
		const bottom = textCanvas.y;
		textCanvas.y = top;
		const x = Math.ceil(start + size + Math.max(quiet, (code - size) / 2 + 18));
		const left = width - margin - x;
		this.#notes(x, left);
		this.#time(x, left, Math.max(textCanvas.y + 3, besideCode), "start");
		textCanvas.y = Math.max(bottom, textCanvas.y);
	}

	/** In two groups of five: easier to read out on the telephone. */
	#code(x: number, width: number): void {
		this.#sheet.text(this.#codeVoice(), this.#codeText(), { x, width, align: "center" });
	}

	#codeWidth(): number {
		// A dot more: rounding must never push the second group to another line.
		return Math.ceil(this.#sheet.measure(this.#codeVoice(), this.#codeText())) + 1;
	}

	#codeVoice(): Voice {
		return this.#sheet.pen.voice("en", "bold", this.#sizes.note);
	}

	#codeText(): string {
		const { code } = this.#paper;
		return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
	}

	#notes(x: number, width: number): void {
		const textCanvas = this.#sheet;
		const { words, chinese } = this.#texts;
		const { offline, link } = this.#paper;
		const place = { x, width };
		// Evenly: the last word of a sentence alone on its line looks like a mistake.
		textCanvas.text(this.#chinese("regular", this.#sizes.note), chinese.missed, { ...place, even: true });
		if (this.#both) textCanvas.text(this.#voice("regular", this.#sizes.note), words.missed, { ...place, even: true });
		if (/^https?:/.test(link)) {
			textCanvas.y += 3;
			this.#together(chinese.follow, words.follow, "bold", place);
		}
		if (offline) {
			textCanvas.y += 3;
			this.#together(chinese.offline, words.offline, "regular", place);
		}
	}

	#time(x: number, width: number, y: number, align: "start" | "center"): void {
		const { issuedAt, timezone } = this.#paper;
		const textCanvas = this.#sheet;
		textCanvas.y = y;
		textCanvas.text(textCanvas.pen.voice("en", "regular", this.#sizes.note), paperTime(issuedAt, timezone), {
			x,
			width,
			align,
		});
	}
}
