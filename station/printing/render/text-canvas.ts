import { type Direction, directionOf, type Language } from "../../../protocol/model/language.ts";
import type { Weight } from "./fonts.ts";
import { breakEvenly, breakLines } from "./line-breaking.ts";
import { printable } from "./printable.ts";
import type { Qr } from "./qr.ts";

/** Something on the paper, in dots from the top left corner. `y` of a text is its base line. */
export type Shape =
	| {
			kind: "text";
			text: string;
			font: string;
			x: number;
			y: number;
			align: "left" | "center" | "right";
			direction: Direction;
			ink: "black" | "white";
	  }
	| { kind: "bar"; x: number; y: number; width: number; height: number }
	| { kind: "frame"; x: number; y: number; size: number }
	| { kind: "qr"; x: number; y: number; module: number; qr: Qr }
	/** Grey by dots: so many of a hundred are black. */
	| { kind: "shade"; x: number; y: number; width: number; height: number; percent: number };

/** How text in one language is set, at one weight and size. */
export interface TextStyle {
	language: Language;
	direction: Direction;
	/** In the form that canvas accepts. */
	font: string;
	/** From the top of one line to the top of the next. */
	lineHeight: number;
	/** From a line's top to its base line. */
	ascent: number;
	covers(codePoint: number): boolean;
}

/** What a layout needs to know of the fonts. */
export interface Pen {
	style(language: Language, weight: Weight, size: number): TextStyle;
	measure(style: TextStyle, text: string): number;
	/** Ink above and below the base line. */
	ink(style: TextStyle, text: string): { above: number; below: number };
}

/** Where text goes. `x` counts from the side where reading starts. */
export interface Place {
	x?: number;
	width?: number;
	align?: "start" | "center" | "end";
	ink?: "black" | "white";
	/** Breaks the text into lines of even length: better for centred text. */
	even?: boolean;
}

/**
 * Paper that a layout fills from the top: `y` is where the next thing goes. Positions count from the
 * side where the visitor's language starts, so one layout serves both directions.
 */
export class TextCanvas {
	readonly shapes: Shape[] = [];
	/** Code points that no bundled font has. */
	readonly missing = new Set<number>();
	y = 0;
	readonly pen: Pen;
	readonly width: number;
	readonly margin: number;
	readonly #mirrored: boolean;

	constructor(pen: Pen, width: number, margin: number, direction: Direction) {
		this.pen = pen;
		this.width = width;
		this.margin = margin;
		this.#mirrored = direction === "rtl";
	}

	/** Dots between the margins. */
	get inside(): number {
		return this.width - 2 * this.margin;
	}

	/** The text without what the style's fonts cannot show (see printable.ts). */
	clean(style: TextStyle, text: string): string {
		return printable(text, style.covers, this.missing);
	}

	/** The width of a clean text on one line. */
	measure(style: TextStyle, text: string): number {
		return this.pen.measure(style, text);
	}

	/** Sets a text in as many lines as it needs; `y` moves below it. */
	text(style: TextStyle, text: string, place: Place = {}): void {
		const { width = this.inside } = place;
		const measure = (part: string) => this.pen.measure(style, part);
		const lines = (place.even ? breakEvenly : breakLines)(this.clean(style, text), style.language, width, measure);
		for (const line of lines) {
			this.line(style, line, this.y + style.ascent, place);
			this.y += style.lineHeight;
		}
	}

	/** Sets one clean line at a base line; `y` stays. */
	line(style: TextStyle, text: string, baseline: number, place: Place = {}): void {
		const { x = this.margin, width = this.inside, align = "start", ink = "black" } = place;
		const across = align === "start" ? x : align === "end" ? x + width : x + width / 2;
		const side = align === "center" ? "center" : (align === "start") === this.#mirrored ? "right" : "left";
		this.shapes.push({
			kind: "text",
			text,
			font: style.font,
			x: Math.round(this.#mirrored ? this.width - across : across),
			y: Math.round(baseline),
			align: side,
			direction: style.direction,
			ink,
		});
	}

	bar(x: number, y: number, width: number, height: number): void {
		const left = this.#mirrored ? this.width - x - width : x;
		this.shapes.push({ kind: "bar", x: Math.round(left), y: Math.round(y), width, height });
	}

	frame(x: number, y: number, size: number): void {
		const left = this.#mirrored ? this.width - x - size : x;
		this.shapes.push({ kind: "frame", x: Math.round(left), y: Math.round(y), size });
	}

	qr(qr: Qr, module: number, x: number, y: number): void {
		const left = this.#mirrored ? this.width - x - qr.size * module : x;
		this.shapes.push({ kind: "qr", x: Math.round(left), y: Math.round(y), module, qr });
	}

	shade(x: number, y: number, width: number, height: number, percent: number): void {
		const left = this.#mirrored ? this.width - x - width : x;
		this.shapes.push({ kind: "shade", x: Math.round(left), y: Math.round(y), width, height, percent });
	}

	/** A line from margin to margin, with the same white space above and below. */
	rule(thickness: number, air: number): void {
		this.y = Math.round(this.y + air);
		this.bar(this.margin, this.y, this.inside, thickness);
		this.y += thickness + air;
	}
}

/**
 * How tall a line is and where its base line lies, as parts of the size. Thai carries shapes above
 * and below, Arabic deep tails; Han fills its square.
 */
function proportionsOf(language: Language): { lineHeight: number; ascent: number } {
	switch (language) {
		case "zh-Hans":
		case "ja":
		case "ko":
			return { lineHeight: 1.26, ascent: 1.01 };
		case "th":
			return { lineHeight: 1.4, ascent: 1.06 };
		case "ar":
			return { lineHeight: 1.4, ascent: 1 };
		default:
			return { lineHeight: 1.24, ascent: 0.93 };
	}
}

export function textStyle(
	language: Language,
	size: number,
	faces: { family: string; covers(codePoint: number): boolean },
): TextStyle {
	const { lineHeight, ascent } = proportionsOf(language);
	return {
		language,
		direction: directionOf(language),
		font: `${size}px ${faces.family}`,
		lineHeight: size * lineHeight,
		ascent: size * ascent,
		covers: faces.covers,
	};
}
