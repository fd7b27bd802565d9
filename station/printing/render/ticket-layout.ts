import { directionOf } from "../../../protocol/model/language.ts";
import type { PaperWidth } from "./bitmap.ts";
import type { Weight } from "./fonts.ts";
import type { PaperWords } from "./paper-messages.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import { type Mark, type Pen, Sheet, type Voice } from "./text-canvas.ts";
import type { TicketPaper } from "./ticket-content.ts";
import { ORDINARY_HEIGHT, sizesFor, type TicketSizes } from "./ticket-sizes.ts";

export interface TicketLayout {
	/** Dots from the first row to the last. */
	height: number;
	marks: Mark[];
	missing: number[];
}

export interface TicketTexts {
	words: PaperWords;
	chinese: PaperWords;
}

/** Lays a ticket out: as roomy as 85 mm of paper allow, longer only where nothing else is left. */
export function layOutTicket(paper: TicketPaper, texts: TicketTexts, pen: Pen, width: PaperWidth): TicketLayout {
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
	readonly #paper: TicketPaper;
	readonly #texts: TicketTexts;
	readonly #sizes: TicketSizes;
	readonly #sheet: Sheet;
	/** Chinese stands beside the visitor's language, unless it is the visitor's language. */
	readonly #both: boolean;

	constructor(paper: TicketPaper, texts: TicketTexts, pen: Pen, width: PaperWidth, sizes: TicketSizes) {
		this.#paper = paper;
		this.#texts = texts;
		this.#sizes = sizes;
		this.#sheet = new Sheet(pen, width, sizes.margin, directionOf(paper.language));
		this.#both = paper.language !== "zh-Hans";
	}

	compose(): TicketLayout {
		const sheet = this.#sheet;
		const { air } = this.#sizes;
		sheet.y = 6;
		this.#head();
		sheet.rule(3, air * 0.8);
		if (this.#paper.reprint) this.#reprint();
		this.#number();
		this.#topic();
		sheet.rule(2, air);
		this.#facts();
		sheet.rule(2, air);
		if (this.#paper.bring.length > 0) {
			this.#bring();
			sheet.rule(2, air);
		}
		this.#foot();
		return { height: Math.ceil(sheet.y + 4), marks: sheet.marks, missing: [...sheet.missing] };
	}

	#voice(weight: Weight, size: number): Voice {
		return this.#sheet.pen.voice(this.#paper.language, weight, size);
	}

	#chinese(weight: Weight, size: number): Voice {
		return this.#sheet.pen.voice("zh-Hans", weight, size);
	}

	#head(): void {
		const sheet = this.#sheet;
		const { site } = this.#paper;
		const chinese = this.#chinese("bold", this.#sizes.headChinese);
		const voice = this.#voice("regular", this.#sizes.head);
		if (this.#both && this.#sizes.headOnOneLine) {
			const nameChinese = sheet.clean(chinese, site.nameChinese);
			const name = sheet.clean(voice, site.name);
			if (sheet.measure(chinese, nameChinese) + sheet.measure(voice, name) + 24 <= sheet.inside) {
				const baseline = sheet.y + Math.max(chinese.ascent, voice.ascent);
				sheet.line(chinese, nameChinese, baseline, { align: "start" });
				sheet.line(voice, name, baseline, { align: "end" });
				sheet.y += Math.max(chinese.lineHeight, voice.lineHeight);
				return;
			}
		}
		sheet.text(chinese, site.nameChinese, { align: "center", even: true });
		if (this.#both) sheet.text(voice, site.name, { align: "center", even: true });
	}

	/** White on black: nobody must take a second paper for a second number. */
	#reprint(): void {
		const sheet = this.#sheet;
		const chinese = this.#chinese("bold", this.#sizes.topicChinese);
		const voice = this.#voice("bold", this.#sizes.topicChinese);
		const height = Math.ceil(Math.max(chinese.lineHeight, this.#both ? voice.lineHeight : 0)) + 4;
		sheet.bar(sheet.margin, sheet.y, sheet.inside, height);
		const baseline = sheet.y + 2 + Math.max(chinese.ascent, voice.ascent);
		const inset = { x: sheet.margin + 12, width: sheet.inside - 24, ink: "white" } as const;
		const word = sheet.clean(chinese, this.#texts.chinese.reprint);
		if (this.#both) {
			sheet.line(chinese, word, baseline, { ...inset, align: "start" });
			sheet.line(voice, sheet.clean(voice, this.#texts.words.reprint), baseline, { ...inset, align: "end" });
		} else {
			sheet.line(chinese, word, baseline, { ...inset, align: "center" });
		}
		sheet.y += height + this.#sizes.air;
	}

	/** As big as the paper allows. Its ink is measured: a J goes below the base line. */
	#number(): void {
		const sheet = this.#sheet;
		const { number } = this.#paper;
		let size = this.#sizes.number;
		let voice = sheet.pen.voice("en", "bold", size);
		const width = sheet.measure(voice, number);
		if (width > sheet.inside) {
			size = Math.floor((size * sheet.inside) / width);
			voice = sheet.pen.voice("en", "bold", size);
		}
		const ink = sheet.pen.ink(voice, number);
		sheet.y += this.#sizes.air * 0.6;
		sheet.line(voice, number, sheet.y + ink.above, { align: "center" });
		sheet.y += ink.above + ink.below + this.#sizes.air * 1.4;
	}

	#topic(): void {
		const sheet = this.#sheet;
		const { topic, partySize } = this.#paper;
		const { words, chinese } = this.#texts;
		sheet.text(this.#chinese("bold", this.#sizes.topicChinese), topic.nameChinese, { align: "center", even: true });
		if (this.#both) {
			sheet.text(this.#voice("bold", this.#sizes.topic), topic.name, { align: "center", even: true });
		}
		if (partySize < 2) return;
		const place = { x: sheet.margin, width: sheet.inside, align: "center" } as const;
		this.#together(chinese.party(partySize), words.party(partySize), "bold", place);
	}

	/** The same in Chinese and in the visitor's language: on one line where they fit, else one below the other. */
	#together(
		inChinese: string,
		inLanguage: string,
		weight: Weight,
		{ x, width, align = "start" }: { x: number; width: number; align?: "start" | "center" },
	): void {
		const sheet = this.#sheet;
		const chinese = this.#chinese(weight, this.#sizes.note);
		if (!this.#both) {
			sheet.text(chinese, inChinese, { x, width, align });
			return;
		}
		const voice = this.#voice(weight, this.#sizes.note);
		const first = sheet.clean(chinese, inChinese);
		const second = sheet.clean(voice, inLanguage).replaceAll("\u00ad", "");
		const gap = 10;
		const begin = sheet.measure(chinese, first) + gap;
		const both = begin + sheet.measure(voice, second);
		if (both > width) {
			sheet.text(chinese, inChinese, { x, width, align });
			sheet.text(voice, inLanguage, { x, width, align });
			return;
		}
		const start = align === "center" ? x + (width - both) / 2 : x;
		const baseline = sheet.y + Math.max(chinese.ascent, voice.ascent);
		sheet.line(chinese, first, baseline, { x: start });
		sheet.line(voice, second, baseline, { x: start + begin });
		sheet.y += Math.max(chinese.lineHeight, voice.lineHeight);
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
		const sheet = this.#sheet;
		const top = sheet.y;
		const width = sheet.inside / facts.length;
		let bottom = top;
		facts.forEach((fact, column) => {
			sheet.y = top;
			const place = { x: sheet.margin + column * width + 6, width: width - 12, align: "center" } as const;
			// In Latin order whatever the language: in Arabic text "10–20" would read 20–10.
			const value = sheet.pen.voice("en", "bold", this.#sizes.fact);
			const ink = sheet.pen.ink(value, "0");
			sheet.line(value, fact.value, sheet.y + ink.above + 2, place);
			sheet.y += ink.above + 7;
			sheet.text(this.#chinese("regular", this.#sizes.label), fact.inChinese, place);
			if (this.#both) sheet.text(this.#voice("regular", this.#sizes.label), fact.inLanguage, { ...place, even: true });
			bottom = Math.max(bottom, sheet.y);
		});
		for (let column = 1; column < facts.length; column++) {
			sheet.bar(sheet.margin + column * width - 1, top + 2, 2, Math.floor(bottom - top) - 4);
		}
		sheet.y = bottom;
	}

	/** A list to tick off: each thing in the visitor's language with its Chinese, short ones two in a row. */
	#bring(): void {
		const sheet = this.#sheet;
		const { words, chinese } = this.#texts;
		this.#heading(chinese.bring, words.bring);
		const gap = 20;
		const half = (sheet.inside - gap) / 2;
		const items = this.#paper.bring.map((text, index) => this.#item(text, this.#paper.bringChinese[index]));
		for (let index = 0; index < items.length; index++) {
			const item = items[index];
			const next = items[index + 1];
			const top = sheet.y;
			item?.set(sheet.margin, sheet.inside);
			if (item && next && item.width + gap + next.width <= sheet.inside) {
				const bottom = sheet.y;
				sheet.y = top;
				// In a column where both halves allow it, as near to it as the wider one leaves.
				const start = Math.min(Math.max(half, item.width) + gap, sheet.inside - next.width);
				next.set(sheet.margin + start, sheet.inside - start);
				sheet.y = Math.max(bottom, sheet.y);
				index++;
			}
		}
		sheet.y += 3;
		this.#together(chinese.advice, words.advice, "regular", { x: sheet.margin, width: sheet.inside });
	}

	#heading(inChinese: string, inLanguage: string): void {
		const sheet = this.#sheet;
		const chinese = this.#chinese("bold", this.#sizes.item);
		const voice = this.#voice("bold", this.#sizes.item);
		const first = sheet.clean(chinese, inChinese);
		const baseline = sheet.y + Math.max(chinese.ascent, voice.ascent);
		sheet.line(chinese, first, baseline);
		if (this.#both) {
			const x = sheet.margin + sheet.measure(chinese, first) + 12;
			sheet.line(voice, sheet.clean(voice, inLanguage), baseline, { x });
		}
		sheet.y += Math.max(chinese.lineHeight, this.#both ? voice.lineHeight : 0);
	}

	/** One thing to bring: how wide it is on one line, and how to set it at a place. */
	#item(text: string, textChinese: string | undefined) {
		const sheet = this.#sheet;
		const box = Math.round(this.#sizes.item * 0.72);
		const indent = box + 9;
		const gap = 9;
		const voice = this.#voice("regular", this.#sizes.item);
		const chinese = this.#chinese("regular", this.#sizes.itemChinese);
		const name = sheet.clean(voice, text).replaceAll("\u00ad", "");
		const beside = this.#both && textChinese ? sheet.clean(chinese, textChinese) : "";
		const nameWidth = sheet.measure(voice, name);
		const besideWidth = beside === "" ? 0 : sheet.measure(chinese, beside) + gap;
		return {
			width: indent + nameWidth + besideWidth,
			set: (x: number, width: number) => {
				sheet.frame(x, sheet.y + voice.ascent - box + 1, box);
				const place = { x: x + indent, width: width - indent };
				if (indent + nameWidth + besideWidth <= width) {
					const baseline = sheet.y + voice.ascent;
					sheet.line(voice, name, baseline, place);
					if (beside !== "") sheet.line(chinese, beside, baseline, { x: place.x + nameWidth + gap });
					sheet.y += voice.lineHeight;
				} else {
					sheet.text(voice, text, place);
					if (beside !== "") sheet.text(chinese, beside, place);
				}
			},
		};
	}

	/** QR and code; beside them (on a narrow paper above) what a missed call means, and when the ticket was issued. */
	#foot(): void {
		const sheet = this.#sheet;
		const { margin, inside, width } = sheet;
		const { qr: wanted, qrBeside, air } = this.#sizes;
		const qr = qrOf(this.#paper.link);
		const module = moduleDots(qr.size, wanted);
		const size = qr.size * module;
		const quiet = QUIET_MODULES * module;
		if (!qrBeside) {
			this.#notes(margin, inside);
			sheet.y += 4;
			this.#time(margin, inside, sheet.y, "center");
			sheet.y += quiet - 8;
			sheet.qr(qr, module, (width - size) / 2, sheet.y);
			sheet.y += size + quiet - 8;
			this.#code(margin, inside);
			return;
		}
		const top = sheet.y;
		const code = Math.max(size, this.#codeWidth());
		const start = Math.max(margin + (code - size) / 2, quiet);
		sheet.y += Math.max(0, quiet - air);
		sheet.qr(qr, module, start, sheet.y);
		sheet.y += size + 5;
		const besideCode = sheet.y;
		this.#code(start - (code - size) / 2, code);
		const bottom = sheet.y;
		sheet.y = top;
		const x = Math.ceil(start + size + Math.max(quiet, (code - size) / 2 + 18));
		const left = width - margin - x;
		this.#notes(x, left);
		this.#time(x, left, Math.max(sheet.y + 3, besideCode), "start");
		sheet.y = Math.max(bottom, sheet.y);
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
		const sheet = this.#sheet;
		const { words, chinese } = this.#texts;
		const { offline, link } = this.#paper;
		const place = { x, width };
		// Evenly: the last word of a sentence alone on its line looks like a mistake.
		sheet.text(this.#chinese("regular", this.#sizes.note), chinese.missed, { ...place, even: true });
		if (this.#both) sheet.text(this.#voice("regular", this.#sizes.note), words.missed, { ...place, even: true });
		if (/^https?:/.test(link)) {
			sheet.y += 3;
			this.#together(chinese.follow, words.follow, "bold", place);
		}
		if (offline) {
			sheet.y += 3;
			this.#together(chinese.offline, words.offline, "regular", place);
		}
	}

	#time(x: number, width: number, y: number, align: "start" | "center"): void {
		const { issuedAt, timezone } = this.#paper;
		const sheet = this.#sheet;
		sheet.y = y;
		sheet.text(sheet.pen.voice("en", "regular", this.#sizes.note), paperTime(issuedAt, timezone), { x, width, align });
	}
}
