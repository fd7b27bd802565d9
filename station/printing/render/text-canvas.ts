import { type Direction, directionOf, type Language } from "../../../protocol/model/language.ts";
import type { Weight } from "./fonts.ts";
import { breakEvenly, breakLines } from "./line-breaking.ts";
import { printable } from "./printable.ts";
import type { Qr } from "./qr.ts";

/** What is put on the paper, in dots from the top left corner. `y` of a text is its base line. */
export type Mark =
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
	| { kind: "qr"; x: number; y: number; module: number; qr: Qr };

/** One language at one weight and size: how its text is set. */
export interface Voice {
	language: Language;
	direction: Direction;
	/** As canvas takes it. */
	font: string;
	/** From the top of one line to the top of the next. */
	lineHeight: number;
	/** From a line's top to its base line. */
	ascent: number;
	covers(codePoint: number): boolean;
}

/** The part of the canvas that a layout needs. */
export interface Pen {
	voice(language: Language, weight: Weight, size: number): Voice;
	measure(voice: Voice, text: string): number;
	/** Ink above and below the base line. */
	ink(voice: Voice, text: string): { above: number; below: number };
}

/** Where text goes: `x` counts from the side where reading starts. */
export interface Place {
	x?: number;
	width?: number;
	align?: "start" | "center" | "end";
	ink?: "black" | "white";
	/** Lines of even length, for text that is centred. */
	even?: boolean;
}

/**
 * A sheet of paper that is filled from the top: `y` is where the next thing goes. Positions are
 * counted from the side where the visitor's language starts, so one layout serves both
 * directions.
 */
export class TextCanvas {
	readonly marks: Mark[] = [];
	/** Code points that no bundled face has. */
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

	clean(voice: Voice, text: string): string {
		return printable(text, voice.covers, this.missing);
	}

	/** How wide a clean text is on one line. */
	measure(voice: Voice, text: string): number {
		return this.pen.measure(voice, text);
	}

	/** Sets a text in as many lines as it needs; `y` moves below it. */
	text(voice: Voice, text: string, place: Place = {}): void {
		const { width = this.inside } = place;
		const measure = (part: string) => this.pen.measure(voice, part);
		const lines = (place.even ? breakEvenly : breakLines)(this.clean(voice, text), voice.language, width, measure);
		for (const line of lines) {
			this.line(voice, line, this.y + voice.ascent, place);
			this.y += voice.lineHeight;
		}
	}

	/** Sets one clean line at a base line; `y` stays. */
	line(voice: Voice, text: string, baseline: number, place: Place = {}): void {
		const { x = this.margin, width = this.inside, align = "start", ink = "black" } = place;
		const across = align === "start" ? x : align === "end" ? x + width : x + width / 2;
		const side = align === "center" ? "center" : (align === "start") === this.#mirrored ? "right" : "left";
		this.marks.push({
			kind: "text",
			text,
			font: voice.font,
			x: Math.round(this.#mirrored ? this.width - across : across),
			y: Math.round(baseline),
			align: side,
			direction: voice.direction,
			ink,
		});
	}

	bar(x: number, y: number, width: number, height: number): void {
		const left = this.#mirrored ? this.width - x - width : x;
		this.marks.push({ kind: "bar", x: Math.round(left), y: Math.round(y), width, height });
	}

	frame(x: number, y: number, size: number): void {
		const left = this.#mirrored ? this.width - x - size : x;
		this.marks.push({ kind: "frame", x: Math.round(left), y: Math.round(y), size });
	}

	qr(qr: Qr, module: number, x: number, y: number): void {
		const left = this.#mirrored ? this.width - x - qr.size * module : x;
		this.marks.push({ kind: "qr", x: Math.round(left), y: Math.round(y), module, qr });
	}

	/** A line from margin to margin with the same air above and below. */
	rule(thickness: number, air: number): void {
		this.y = Math.round(this.y + air);
		this.bar(this.margin, this.y, this.inside, thickness);
		this.y += thickness + air;
	}
}

/**
 * How tall a line is and where its base line lies, as parts of the size. Thai carries marks above
 * and below, Arabic deep tails; Han fills its square.
 */
export function proportionsOf(language: Language): { lineHeight: number; ascent: number } {
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

export function voiceOf(
	language: Language,
	size: number,
	faces: { family: string; covers(codePoint: number): boolean },
): Voice {
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
